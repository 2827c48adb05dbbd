"""Cameras and doorbells: their pictures do not come over the LAN, their settings do."""

from ...spec.simple import CONFIG, Switch
from .card import Card

_PICTURE = "basic_flip basic_osd basic_wdr basic_anti_flicker cry_detection_switch"
_CARD = "sd_status record_mode motion_area_switch cruise_switch cruise_mode humanoid_filter onvif_switch"
_POWER = "wireless_lowpower wireless_awake"

CARDS = (
    Card(
        ("sp", "dghsxj"),
        (
            Switch("basic_private", name="privacy"),
            Switch("record_switch", name="recording"),
            Switch("motion_switch", name="motion_detection", category=CONFIG),
            "pir_switch",
        ),
        spare=f"{_PICTURE} {_CARD} {_POWER} device_restart",
    ),
    Card(
        ("wxml",),
        ("doorbell_call", "doorbell_active", "doorbell_volume_value", "doorbell_ringtone"),
        spare="factory_reset",
    ),
)
