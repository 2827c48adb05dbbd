"""Schedules and programs that only the app can read: kept reachable as they are, for backup and for those who know."""

from ...spec.simple import Data, group, series

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PREFIXES = ("mod", "tue", "wed", "thur", "fri", "sat", "sun")

ROWS = (
    *group(
        Data,
        {
            "cycle_time cycle_timing cycle_timer": "cycle_timer",
            "random_time random_timing": "random_timer",
            "switch_inching inching": "inching",
            "switch_interlock interlock": "interlock",
            "meal_plan feed_plan": "meal_plan",
            "schedule schedules normal_timer normal_time timer_report": "schedule",
            "timer timers time_set mode_set": "timer",
            "week_program week_program_free week_program3_day weekly_program program": "week_program",
            "holiday_set vacation_set": "holiday_plan",
            "prog_data prog_mode": "program",
            "program_data tempprogram timerdata": "program",
            "custom_prog custom_week_prog": "custom_program",
            "local_timer_new light_condition_set": "light_schedule",
            "frozen_time_set": "billing_day",
            "clock_set": "clock",
            "sys_time system_time": "device_time",
            "dormant_time_set": "sleep_times",
            "next_time": "next_start",
            "voice_alarm_clock smartspeaker_alarm_clock": "alarm_clock",
            "time_task appointment appoint_set": "appointment",
        },
    ),
    *(
        row
        for day, short in zip(_DAYS, _PREFIXES, strict=True)
        for row in Data(day, f"{day}_program", f"week_{day}", f"{short}_program00{_DAYS.index(day) + 1}", name=day)
    ),
    *series(
        lambda n: [
            *Data(f"week_program{n}", f"week_program_{n}", f"week_program_13_{n}", f"custom_week_prog_{n}",
                  f"custom_week_program_{n}", f"week{n}", name="week_program", number=n),
            *Data(f"prog_data_{n}", f"parameter_group_{n}", f"program{n}", f"water_program{n}", f"custom_module_{n}",
                  name="program", number=n),
            *Data(f"prog_workday{n}", name="workday_program", number=n),
            *Data(f"prog_restday{n}", name="rest_day_program", number=n),
            *Data(f"timer{n}", f"timer_{n}", f"schedule{n}", f"schedule_{n}", name="timer", number=n),
            *Data(f"lefttimer{n}", name="left_timer", number=n),
            *Data(f"righttimer{n}", name="right_timer", number=n),
            *Data(f"light_time_set_{n}", f"light_condition_set_{n}", f"switch_auto_{n}", name="light_schedule",
                  number=n),
            *Data(f"irr_timestamp_next{n}", f"irr_timestamp_last{n}", name="next_watering", number=n),
            *Data(f"user_pg_{n}", f"factory_pg_{n}", f"grsettp{n}", f"probe_preset_extra_{n}", name="preset", number=n),
            *Data(f"clock{n}_data", f"alarm_data_{n}", name="alarm", number=n),
        ],
        16,
    ),
)  # fmt: skip
