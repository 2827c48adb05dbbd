"""Rules for kinds of devices with codes of their own: pets, cameras, locks, alarms, energy, detectors."""

from .rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "cwwsq",
        any_of=(
            "manualfeed mealplan feedreport feedstate quickfeed slowfeed feednum buttonfeed feedinfo feederror "
            "autofeed feedrecord"
        ),
        sure=True,
    ),
    Rule(
        "sp",
        any_of=(
            "sdformat sdstatus sdstorge basicflip basicosd basicprivate basicnightvision ptzcontrol ptzstop "
            "recordmode movementdetectpic motionrecord onvifswitch wirelessawake doorbellpic basicwdr "
            "basicantiflicker ipcautosiren motionarea decibelsensitivity alarmmessage doorbellactive ipccswitchchannel "
            "ipcclock ipcdoorlock01 initiativemessage supportedstorage storagecapacity currentstorage"
        ),
        least=3,
        none="unlockmethodcreate lockmotorstate mastermode",
        sure=True,
    ),
    Rule(
        "jtmspro",
        any_of=(
            "unlockfingerprint unlockpassword unlockcard unlockble unlockmethodcreate unlockmethoddelete "
            "lockmotorstate bleunlockcheck unlockofflinepd remotenodpkey remotenopdsetkey unlockphoneremote "
            "unlocktemporary temporarypasswordcreat bluetoothunlock automaticlock unlockface unlockkey "
            "unlockapp bluetoothunlockkit unlockfingerprintkit unlockpasswordkit unlockcardkit blekeycreate "
            "lockrecord alarmlock registermode synchmethod"
        ),
        least=2,
        none="mileageonce",
        sure=True,
    ),
    Rule(
        "mal",
        any_of="mastermode systemarmtype",
        sure=True,
    ),
    Rule(
        "wg2",
        any_of="masterstate alarmactive masterinformation",
        none="mastermode tempset control switch1 switchled switch tempcurrent humidityvalue",
        most_datapoints=12,
    ),
    Rule(
        "wnykq",
        any_of="irsend irstudycode studycode keystudy ircode",
        none="co2value pm25value switch1 switchled targettemp",
    ),
    Rule(
        "gcj",
        any_of="machinestatus machinecontrolcmd machinecontrol machineerror machinerainmode machinecover",
        least=2,
        sure=True,
    ),
    Rule(
        "sd",
        any_of=(
            "suction powergo switchgo switchcharge cleantime cleanarea edgebrush edgebrushlife rollbrush "
            "rollbrushlife seek directioncontrol pathdata cleanrecord cistern raglife residualelectricity "
            "robotstate robotfault mainbrushtime sidebrushtime cleanmode totalcleanarea mapconfig "
            "commandtrans chargeswitch seekrobot cleancounttotal electricityleft"
        ),
        least=3,
        sure=True,
    ),
    Rule(
        "sd",
        any_of="powergo switchgo",
        groups=("mode status suction directioncontrol direction electricityleft",),
        sure=True,
    ),
    Rule(
        "msp",
        any_of=(
            "excretiontimesday excretiontimeday catweight deodorization autoclean delaycleantime manualclean "
            "excrementfullcalibrate inductionclean clean kittenmode automaticcatdetection cleaningcount "
            "clumpingduration"
        ),
        least=2,
        none="tempset powergo windspeed",
        sure=True,
    ),
    Rule(
        "cwysj",
        any_of=(
            "waterreset pumpreset pumptime filterreset waterlevel waterstate waternow filterdays watertime uvruntime"
        ),
        least=2,
        groups=("waterreset pumpreset pumptime waternow waterstate",),
        sure=True,
    ),
    Rule(
        "qxj",
        any_of=(
            "windspeedunitconvert rainunitconvert pressureunitconvert windspeedavg windspeedgust rain1h "
            "rain24h rainrate uvindex rainfall tempcurrentexternal humidityoutdoor atmosphericpressture"
        ),
        least=2,
        none="switch switch1",
        sure=True,
    ),
    Rule(
        "qccdz",
        any_of=(
            "chargeenergyonce chargecurset connectionstate devicekwh set16a set32a chargingoperation singlephasepower "
            "siglephasepower setdelaytime localtimer xdocharge xchargerinfo"
        ),
        least=2,
        none="switchled prepaymentswitch switchprepayment",
        sure=True,
    ),
    Rule(
        "znnbq",
        any_of=(
            "pvpower pvvolt pvvoltage pvcurrent pv1power pv1volt pv1voltage pv1curr pv1current pv2volt pv2curr "
            "pv1dcdata "
            "pv2dcdata pvv pvi pvavolt pcavolt pvbvolt pvacurr invertertype inverterid inverterstatus inverter "
            "batterydcdata pvhubsn"
        ),
        least=2,
        none="switchled",
        sure=True,
    ),
    Rule(
        "dlq",
        any_of=(
            "phasea breakerid leakagecurrent alarmset1 alarmset2 faulttimes autoreclosing balanceenergy "
            "totalforwardenergy ovset ocset"
        ),
        sure=True,
        least=2,
        none="chargeenergyonce chargecurset",
        groups=("switch switch1 switchprepayment",),
    ),
    Rule(
        "zndb",
        any_of=(
            "phasea phaseb phaseadata phasebdata forwardenergytotal reverseenergytotal meterid powera currenta "
            "voltagea "
            "supplyfrequency totalpower energyforwarda clearenergy reverseenergya powerfactor totalenergy1 addele1 "
            "curpower1 volta voltb curra currb cosabc"
        ),
        least=2,
        none="switchled tempset countdown1 waterusedata",
    ),
    Rule(
        "znsb",
        any_of="waterusedata monthwaterdata dailywaterdata waterusereverdata",
        least=2,
    ),
    Rule(
        "aqcz",
        any_of="addele curpower curvoltage curcurrent",
        least=2,
        none="switch switch1 power switchled switchon countdown1",
    ),
    Rule(
        "ywbj",
        any_of="smokesensorstate smokesensorvalue smokesensorstatus",
        sure=True,
    ),
    Rule(
        "rqbj",
        any_of="gassensorstate gassensorstatus gassensorvalue ch4sensorstate ch4sensorvalue gasconcentration",
        sure=True,
    ),
    Rule(
        "cobj",
        any_of="costate costatus",
        none="co2value",
    ),
    Rule(
        "sj",
        any_of="watersensorstate watersensorstatus",
        none="switch switch1",
        sure=True,
    ),
    Rule(
        "sj",
        any_of="waterstate water flooding waterleakage",
        groups=("battery batterystatus batterypercentage batterystate",),
        most_datapoints=6,
    ),
    Rule(
        "jqbj",
        any_of="hchosensorstate hchosensorvalue ch2ostate",
        none="co2value pm25value",
    ),
    Rule(
        "ywcgq",
        any_of="liquidlevelpercent liquiddepth liquidstate depthstate",
    ),
    Rule(
        "ckmkzq",
        any_of="doorcontrol1 doorstate1 doorcontactstate",
        least=2,
        groups=("doorcontrol1",),
        sure=True,
    ),
    Rule(
        "ckmkzq",
        any_of="doorcontactstate doorcontrol1 doorstate1 dooropened doorstatus trtimecon",
        none="batterypercentage switchled tempset control",
        groups=("switch1 doorcontrol1 switch",),
        sure=True,
    ),
    Rule(
        "mcs",
        any_of="doorcontactstate doorsensorstate contactstate",
        none="tempset switch switch1 control",
    ),
    Rule(
        "hps",
        any_of="presencestate humanmotionstate manstate presentstatus",
        none="switchled tempset",
        sure=True,
    ),
    Rule(
        "pir",
        any_of="pir pirstate",
        none="switchled control switch1 switch setbright",
    ),
    Rule(
        "zd",
        any_of="shockstate vibrationstate",
        none="switch switch1 mastermode",
    ),
    Rule(
        "sos",
        any_of="sos sosstate",
        none="arm",
    ),
    Rule(
        "wxkg",
        any_of="switch1value switchtype1 switchmode1 switchtype2 switch2value arm disarmed",
        none="switch1 switchled control",
    ),
    Rule(
        "zwjcy",
        any_of="soilmoisture soilhumidity soil humiditysoil soilsampling fertility humiditysampling watershortage",
        none="switch1",
    ),
)
