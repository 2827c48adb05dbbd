"""What lamps keep beside what makes them shine: scenes, schedules, strips, dimmer settings."""

from ...spec import Spec
from ...spec.simple import CONFIG, DIAGNOSTIC, Data, Number, Select, Sensor, Switch, group, series

_LAMPS = {"led": "led", "incandescent": "incandescent", "halogen": "halogen"}


def _dimmer(n: int) -> list[Spec]:
    return [
        Number(f"brightness_min_{n}", name="minimum_brightness", number=n, category=CONFIG),
        Number(f"brightness_max_{n}", name="maximum_brightness", number=n, category=CONFIG),
        Select(f"led_type_{n}", meaning=_LAMPS, name="lamp_type", number=n, category=CONFIG),
    ]


ROWS = (
    *series(_dimmer, 4),
    Number("bright_min", "minbright_value", "min_bright_value", name="minimum_brightness", category=CONFIG),
    Number("bright_max", name="maximum_brightness", category=CONFIG),
    Select("led_type", meaning=_LAMPS, name="lamp_type", category=CONFIG),
    *group(
        Data,
        {
            "scene_data scene_data_v2 scene_data_raw": "scene_data",
            "control_data control_data_raw": "live_adjustment",
            "music_data music_data_raw music_data1 mic_music_data mic_music_data_raw": "music_data",
            "dreamlightmic_music_data": "microphone_music",
            "dreamlight_scene_mode dream_scene strip_scene rgbic_linerlight_scene mix_light_scene": "strip_scene",
            "paint_colour_data": "painted_colors",
            "segment_dimming": "segment_brightness",
            "draw_tool": "drawing",
            "wakeup_mode": "wake_up_light",
            "sleep_mode sleep_set": "sleep_light",
            "rhythm_mode": "daily_rhythm",
            "candle_mode_data": "candle",
            "mix_rgbcw": "mixed_light",
            "power_memory": "power_on_light",
            "switch_gradient light_change_mode": "fading",
            "colour_data colour_data_v2 hs_color_set color_controller": "color_data",
            "flashscreen": "flashing",
            "star_control_data": "star_adjustment",
            "star_scene_data": "star_scene",
            "strip_local_timer milight dynamic_mod local_music_mode rgb_value scene_id_group_id": "",
            "scene_num_data scene_list scene_select scene_combine scene_factory": "",
            "color_correction rbg_compen light_test read_light_id_po": "",
            "remote_add": "added_remotes",
            "remote_list": "remotes",
            "device_timer custom_timer rtc_timer local_timer": "device_timers",
        },
    ),
    *series(
        lambda n: Data(f"flash_scene_{n}", f"set_scene{n}", f"fav_data_{n}", f"rgbic_scene_{n}", name="stored_scene",
                       number=n),
        8,
    ),
    *series(lambda n: Select(f"scene_{n}", name="scene", number=n), 20),
    *group(
        Number,
        {
            "lightpixel_number_set led_number_set led_qty led_num dream_pxiels_num": "number_of_pixels",
            "hled_num": "horizontal_pixels",
            "vled_num": "vertical_pixels",
            "ambi_num": "ambient_zones",
            "cap_height": "capture_height",
            "cap_width": "capture_width",
            "frame_delay_num": "frame_delay",
            "standby_bright": "standby_brightness",
            "strip_brightness color_brightness light_brightness ambi_brightness": "strip_brightness",
            "night_brightness": "night_brightness",
            "change_speed": "effect_speed",
            "mic_sense": "microphone_sensitivity",
            "dream_strip_turn rgb_order": "color_order",
            "scene_index": "scene_number",
            "intensity": "intensity",
            "scene_data_reset": "reset_scene",
        },
        category=CONFIG,
    ),
    *group(
        Select,
        {
            "line_order rgb_channel": "color_order",
            "switch_mode": "strip_type",
            "star_work_mode": "star_mode",
            "rgbic_work_mode": "strip_mode",
            "mode_current": "current_mode",
            "mode_controller": "remote_mode",
            "machine_mode": "picture_mode",
            "scen scene_mod": "scene",
            "bright_unit_convert": "brightness_unit",
            "cds": "darkness_threshold",
        },
        category=CONFIG,
    ),
    Select("brightness", "lcd_bright", "brightness_level", name="brightness", category=CONFIG),
    Number("dimming_gradi_time", "fade_time", name="fade_time", device_class="duration", category=CONFIG),
    *group(Sensor, {"light_pixel": "number_of_pixels", "light_length": "strip_length",
                    "light_pixel_minimum": "smallest_segment", "mode_current": "current_mode"},
           category=DIAGNOSTIC, enabled=False),
    *group(Switch, {"switch_night_light": "night_light", "strip_power": "strip", "color_switch rgb_switch": "color",
                    "switch_lamp": "lamp", "rtc_lock": "clock_lock"},
           category=CONFIG),
    Number("bright_controller", name="remote_brightness", category=CONFIG, enabled=False),
    Number("temp_controller", name="remote_color_temperature", category=CONFIG, enabled=False),
)  # fmt: skip
