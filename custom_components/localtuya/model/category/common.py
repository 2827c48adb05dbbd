"""Rules for kinds of devices that share their codes with others: water, air, covers, heating, light, relays."""

from .rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "sfkzq",
        any_of=(
            "weatherdelay smartweather usetime1 usetimeone usetime wateronce watertotal weatherswitch "
            "irrigationtime watercontrol areaone switchweather timeuse onceuse waterconsumption "
            "irrigationmode backwashtimeset smartirrigation valveset wotertimer1 weekprogram4 manualtimer "
            "leftmanualtimer stopirrigation"
        ),
        sure=True,
        none="tempset windowcheck windowstate forwardenergytotal tempcurrent",
    ),
    Rule(
        "sfkzq",
        any_of=(
            "stopirrigation manualswitch manualtimer addrainsensor timerdelay waterprogram1 irritime irriflow "
            "manualirritime"
        ),
        least=2,
        sure=True,
    ),
    Rule(
        "sfkzq",
        any_of="threshold th",
        least=2,
        groups=("switch switch1",),
    ),
    Rule(
        "sfkzq",  # what else switches for a while, on a battery?
        none="switchled tempset doorcontrol1 curpower feedstate usbmanagement presencestate",
        groups=("switch switch1", "batterypercentage batterystate batterycapacity", "countdown countdown1"),
    ),
    Rule(
        "szjqr",
        any_of="downpercent uppercent armdownpercent armuppercent sustaintime clicksustaintime tapenable",
        least=2,
        sure=True,
    ),
    Rule(
        "cs",
        any_of="dehumidify1 indoorhumidity gethum envhumid",
        none="tempset humidityset constanthumidity",
        writable="dehumidify1 humidity",
    ),
    Rule(
        "cs",
        any_of="dehumidifysetvalue dehumiditysetvalue dehumidifysetenum humidityindoor dehumidify tankfull",
        none="tempset tempsetenum reverseenergytotal",
    ),
    Rule(
        "cs",
        any_of="windspeed fanspeedenum fanspeed anion pump envhumid",
        least=2,
        none="tempset humidityset humiditycurrent humidityset2 controldata brightvalue pm25 filterlife",
        writable="humidity",
    ),
    Rule(
        "jsq",
        any_of="humiditycurrent",
        none="tempset switchled1 pm25",
        groups=("humidity humidityset", "switch power switchspray"),
    ),
    Rule(
        "xxj",
        any_of="switchspray dpmistgrade mistgrade moodlighting",
        none="humidityset tempset relaystatus",
        groups=("colourdata setlight lightmode workmode switchled light",),
    ),
    Rule(
        "xxj",
        any_of="switchspray",
        none="spraymode humidityset humidity humiditycurrent level tempset relaystatus sleep",
        groups=("mode",),
    ),
    Rule(
        "jsq",
        any_of="spraymode switchspray humidityset constanthumidity mist spray fogset mistmode",
        none="tempset doorcontactstate pm25 filter fanswitch timerelay switch2",
    ),
    Rule(
        "kj",
        any_of="pm25 filter filterlife filterreset filterdays anion uv airquality totalpm cadr",
        least=2,
        none="tempset suction dehumidifysetvalue pumptime humidity",
        groups=("switch power switchon",),
    ),
    Rule(
        "wsdcg",
        any_of="maxtempset minitempset maxhumset minihumset tempalarm humalarm tempperiodicreport",
        least=3,
        none="relaystatus switch1 curpower",
    ),
    Rule(
        "cl",
        any_of=(
            "control control2 percentcontrol percentstate situationset controlback machoperate position "
            "trtimecon curcalibration doorcontrol1 controlbackmode switchcontrol bestposition positionbest"
        ),
        least=2,
        none="manualfeed brightvalue watercontrol",
        sure=True,
    ),
    Rule(
        "cl",
        none="tempset brightvalue manualfeed weatherdelay",
        words=(
            ("control", "open close stop"),
            ("machoperate", "FZ ZZ"),
            ("switchcontrol", "open close"),
            ("switch", "open close stop"),
            ("switch1", "open close"),
            ("status", "open close stop"),
            ("percent", ""),
        ),
        sure=True,
    ),
    Rule(
        "znrb",
        any_of=(
            "effluenttemp ventingtemp coilertemp aroundtemp compressorstrength temparound tempeffluent tempventing "
            "tempcoiler cmptemp wttemp"
        ),
        least=2,
        sure=True,
    ),
    Rule("cl", writable="status", words=(("status", "1 2 3"),), most_datapoints=2),
    Rule(
        "znrb",
        any_of="intemp outtemp whjtemp hqtemp cptemp inwttemp outwttemp coolingset heatingset wthset",
        least=3,
        sure=True,
    ),
    Rule(
        "rs",
        any_of=(
            "surplusdrink surpluswater heattimeleft electricheatingstatus boilerheatstatus fastrinseleft modeset "
            "heaterswitch"
        ),
        groups=("tem tempcurrent watertempture",),
        writable="tempset targettemset temptureset settem",
    ),
    Rule("xfj", words=(("mode", "supply exhaust"),), none="switchled"),
    Rule(
        "znrb",
        groups=("tempunitconvert", "switch", "coolingset coldsettemp coldtempset coolingsetting"),
        most_datapoints=40,
    ),
    Rule(
        "yyj",
        any_of="switchlamp switchwash raglock purify totalruntime",
        groups=("fanspeed fanspeedenum switchfan gear",),
    ),
    Rule(
        "swtz",
        any_of="probestate tempcurrent2 cooktemperature2 cooktempalarm",
        groups=("cooktemperature",),
        sure=True,
    ),
    Rule(
        "mzj",
        any_of=(
            "cooktemperature cooktime cookmode cloudrecipenumber cookstatus cookstep recipe cookbook "
            "remainingtime settime"
        ),
        least=2,
        groups=("cooktemperature cooktime cookmode cookstep recipe cookbook",),
        sure=True,
    ),
    Rule(
        "bh",
        any_of=(
            "tempsettingquickc tempsettingquickf boiling keepwarm warmtime tempboiling warmtemp start warm "
            "worktype boilset"
        ),
        least=2,
        groups=("tempsettingquickc boiling keepwarm warm warmtime tempboiling boilset",),
        none="windspeed cooktime",
        sure=True,
    ),
    Rule(
        "kt",
        none="windowcheck frost waterset brightvalue switchfan spraymode lightmode alarmtype anionlight",
        groups=("windspeed fanspeedenum windspeed1 fanspeed windshake swing wind speed fan fanmode switchvertical",),
        writable="tempset settemp targettemp temp settemperature temperature tempsetf tempcset",
        if_words=("mode", "cold cool wind wet dry fan"),
        sure=True,
    ),
    Rule(
        "kt",
        none="windowcheck frost waterset brightvalue effluenttemp",
        writable="tempset settemp targettemp temp settemperature temperature tempsetf tempcset",
        words=tuple(("mode", words) for words in ("cold", "cool", "cold hot", "cooling heating")),
    ),
    Rule(
        "rs",  # a room is never set to 60 °C, water is
        none=(
            "childlock lock uppertemp frost sensorchoose tempcorrection valvestate windowcheck batterypercentage "
            "control "
            "percentcontrol exttemperature humidityvalue humidity switch1 warmorcool level cooktime windspeed ledlight"
        ),
        scope=("tempset settemp settem targettemp settemperature tempsetc targettemset", 0, 60),
        never=("mode workmode", "cool cold"),
        most_datapoints=30,
    ),
    Rule(
        "qn",
        none="windowcheck windowstate frost upperltemp valvestate",
        groups=("level gear heatpower shake switchshake", "switch power"),
        writable="tempset settemp targettemp settemperature",
    ),
    Rule(
        "wk",
        none=(
            "brightvalue cooktime cookmode start doorcontactstate pm25value phasea leakagecurrent humidityset2 co2value"
        ),
        groups=(
            (
                "tempcurrent tempcurrentf uppertemp temp tempnowhuas currenttemp currenttemperature "
                "roomtemp roomtemperature roomtemperc temproom tem tempnow mode frost windowcheck childlock eco "
                "level switch power ctemperature tempcdisp"
            ),
        ),
        writable=(
            "tempset tempsetf settemp targettemp tempsethuas settemperature tempsetc targettem targettemset "
            "settem settemperc manualtemperature tempset1 temperatureset settingtemp upsettem temperaturec"
        ),
    ),
    Rule(
        "fsd",
        groups=("switchled light lightswitch switchlamp", "fanspeed fanswitch switchfan fandirection fanmode"),
    ),
    Rule(
        "fs",
        any_of=(
            "fanspeed fandirection fanmode fanspeedenum fanspeedpercent switchfan fanswitch fanhorizontal "
            "fanvertical switchhorizontal switchvertical windspeed fanlevel fanstate gear dampergear"
        ),
        none="tempset brightvalue1 suction switchled1 controldata",
        writable=(
            "fanspeed fanmode fanspeedenum fanspeedpercent switchfan fanswitch windspeed fanlevel gear dampergear "
            "fanhorizontal fanvertical switchhorizontal switchvertical"
        ),
    ),
    Rule(
        "dj",
        any_of=(
            "brightvalue colourdata workmode tempvalue scenedata controldata brightvalue1 bright "
            "brightvaluev2 colourdatav2 tempvaluev2 ledswitch brightness laserswitch laserbright colorlight "
            "dreamlightscenemode colourdataraw paintcolourdata setbright brightnesscontrol colortempcontrol"
        ),
        none=(
            "tempset control percentcontrol windspeed pm25 suction addele curpower fanspeed co2value "
            "presencestate tempcurrent orp tempunitconvert mileageonce tdsout"
        ),
        groups=(
            (
                "switchled switch switch1 switchled1 light power ledswitch ledswitch1 lightswitch "
                "colourswitch led switchon switchlight powerswitch laserswitch onoff switchonoff ledlight "
                "panellight setonoff"
            ),
        ),
    ),
    Rule(
        "dj",
        any_of="switchled switchled1",
        none="control tempset co2value relaystatus curpower mileageonce tdsout",
    ),
    Rule(
        "wxml",
        any_of="doorbelllistdata doorbellringvalue doorbellvolumevalue doorbellcall doorbellringtone",
        least=2,
        none="mastermode switch1 unlockpassword",
    ),
    Rule(
        "sgbj",
        any_of=("alarmswitch alarmringtone alarmvolume alarmtime alarmtype alarmstate alarmperiod alarmdb"),
        least=2,
        none="switch1 mastermode co2value pm25value unlockpassword switchled tempset",
    ),
    Rule(
        "hjjcy",
        any_of="co2value co2state vocvalue ch2ovalue pm25value pm10 pm1 airqualityindex tvoc pm25",
        none="fanspeed filterlife",
    ),
    Rule(
        "bx",
        any_of="batteryprotect aboxonoff atempsetc btempsetc atempc",
        least=2,
    ),
    Rule(
        "wkcz",
        groups=("switch switch1", "maxtempset minitempset uppertemp tempalarm tempset"),
    ),
    Rule(
        "cz",
        none="phasea",
        groups=("switch1 switch power switchon", "curpower curvoltage curcurrent addele"),
    ),
    Rule(
        "kg",
        any_of=(
            "switch1 switch2 switch switch3 power switchon switchall swtich switch4 poweron onoff switchkg "
            "relaystate1 switchusb1"
        ),
        none="vatemperature humidityvalue batterypercentage mileageonce",
    ),
    Rule(
        "wsdcg",
        any_of=(
            "vatemperature vahumidity humidityvalue tempcurrent temperature humidity temp hum tempf hum1 "
            "temp1 brightvalue illuminance pressurevalue ph ec orp tds"
        ),
        none="control mileageonce",
    ),
    Rule(
        "kg",
        any_of="switch switch1 power switchgo start",
    ),
)
