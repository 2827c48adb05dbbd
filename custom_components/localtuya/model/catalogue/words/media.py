"""Speakers, voice assistants, rides: what is not of the house but in it."""

from ...spec.simple import CONFIG, DIAGNOSTIC, Data, Number, Select, Sensor, Switch, group, series

ROWS = (
    *group(
        Switch,
        {
            "voice_mic smartspeaker_mic": "microphone",
            "voice_play smartspeaker_play play": "playing",
            "voice_bt_play smartspeaker_bt_switch": "bluetooth",
            "smartspeaker_pre": "previous_track",
            "smartspeaker_next": "next_track",
            "music": "music",
            "voice": "voice",
            "radio": "radio",
            "radio_search": "radio_search",
            "avs_unbind": "unlink_assistant",
        },
    ),
    *group(Number, {"voice_vol smartspeaker_vol voice": "volume"}, category=CONFIG),
    *group(
        Select,
        {
            "music_type": "music_style",
            "change_control": "track",
            "smartspeaker_wm_switch": "source",
            "smartspeaker_play_mode play_mode": "play_mode",
            "avs_login_mode avs_wakeword_lanuage avs_locale_values avs_status avs_isbind": "",
            "feed_voice_record": "voice_recording",
            "material_type": "material",
        },
        category=CONFIG,
    ),
    *Data("music", name="music"),
    *group(
        Data,
        {
            "radio_list": "radio_stations",
            "smartspeaker_alert avs_client_secret avs_productid avs_serianumber avs_codechallenge avs_authcode "
            "avs_redirecturl avs_clientid": "",
        },
    ),
    *group(
        Sensor,
        {"mileage_total": "total_distance", "mileage_once": "trip_distance"},
        device_class="distance", unit="km",
    ),
    Sensor("ridetime_once", name="trip_time", device_class="duration", unit="s"),
    Sensor("speed", name="speed", device_class="speed", unit="km/h"),
    Sensor("total_movement", name="movements", device_class="", category=DIAGNOSTIC),
    *series(lambda n: Number(f"speed_limit_{n}", name="speed_limit", number=n, device_class="speed", unit="km/h",
                             category=CONFIG), 4),
    *series(lambda n: Switch(f"ride_mode_slave_cark{n}", name="ride_mode", number=n, category=CONFIG), 4),
    *group(Switch, {"headlight_switch": "headlight", "scale_switch": "scale"}),
)  # fmt: skip
