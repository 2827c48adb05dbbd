"""Rules that tell the kind of a device from its codes; the first that fits wins. Facts: schemas of 10,003 products."""

from .rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "cwwsq",
        any_of="manualfeed mealplan feedreport feedstate quickfeed slowfeed feednum buttonfeed",
    ),
    Rule(
        "sp",
        any_of=(
            "sdformat sdstatus sdstorge basicflip basicosd basicprivate basicnightvision ptzcontrol ptzstop "
            "recordmode movementdetectpic motionrecord onvifswitch wirelessawake doorbellpic basicwdr "
            "basicantiflicker ipcautosiren motionarea decibelsensitivity"
        ),
        least=3,
        none="unlockmethodcreate lockmotorstate",
    ),
    Rule(
        "jtmspro",
        any_of=(
            "unlockfingerprint unlockpassword unlockcard unlockble unlockmethodcreate unlockmethoddelete "
            "lockmotorstate bleunlockcheck unlockofflinepd remotenodpkey remotenopdsetkey unlockphoneremote "
            "unlocktemporary temporarypasswordcreat bluetoothunlock automaticlock unlockface unlockkey "
            "unlockapp"
        ),
        least=2,
    ),
    Rule(
        "mal",
        any_of="mastermode",
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
        none="co2value switch1 tempcurrent switchled",
    ),
    Rule(
        "gcj",
        any_of="machinestatus machinecontrolcmd machinecontrol machineerror machinerainmode machinecover",
        least=2,
    ),
    Rule(
        "sd",
        any_of=(
            "suction powergo switchgo switchcharge cleantime cleanarea edgebrush edgebrushlife rollbrush "
            "rollbrushlife seek directioncontrol pathdata cleanrecord cistern raglife residualelectricity "
            "robotstate robotfault mainbrushtime sidebrushtime cleanmode totalcleanarea mapconfig "
            "commandtrans chargeswitch seekrobot"
        ),
        least=3,
    ),
    Rule(
        "msp",
        any_of=(
            "excretiontimesday excretiontimeday catweight deodorization autoclean delaycleantime manualclean "
            "excrementfullcalibrate"
        ),
        least=2,
    ),
    Rule(
        "cwysj",
        any_of=(
            "waterreset pumpreset pumptime filterreset waterlevel waterstate waternow filterdays watertime uvruntime"
        ),
        least=2,
        groups=("waterreset pumpreset pumptime waternow waterstate",),
    ),
    Rule(
        "qxj",
        any_of=(
            "windspeedunitconvert rainunitconvert pressureunitconvert windspeedavg windspeedgust rain1h "
            "rain24h rainrate uvindex rainfall tempcurrentexternal humidityoutdoor atmosphericpressture"
        ),
        least=2,
    ),
    Rule(
        "qccdz",
        any_of=(
            "chargeenergyonce chargecurset energycharge connectionstate devicekwh set16a set32a "
            "chargingoperation singlephasepower setdelaytime localtimer"
        ),
        least=2,
        none="switchled prepaymentswitch phasea",
    ),
    Rule(
        "dlq",
        any_of=(
            "phasea breakerid leakagecurrent alarmset1 alarmset2 faulttimes autoreclosing balanceenergy "
            "totalforwardenergy ovset ocset"
        ),
        least=2,
        none="chargeenergyonce chargecurset",
        groups=("switch switch1 switchprepayment",),
    ),
    Rule(
        "zndb",
        any_of=(
            "phasea phaseb forwardenergytotal reverseenergytotal meterid powera currenta voltagea "
            "supplyfrequency totalpower energyforwarda clearenergy inverterid invertertype reverseenergya "
            "powerfactor totalenergy1 waterusedata monthwaterdata"
        ),
        least=2,
        none="switchled tempset",
    ),
    Rule(
        "aqcz",
        any_of="addele curpower curvoltage curcurrent",
        least=2,
        none="switch switch1 power switchled switchon",
    ),
    Rule(
        "ywbj",
        any_of="smokesensorstate smokesensorvalue smokesensorstatus",
    ),
    Rule(
        "rqbj",
        any_of="gassensorstate gassensorstatus gassensorvalue ch4sensorstate ch4sensorvalue",
    ),
    Rule(
        "cobj",
        any_of="costate costatus",
        none="co2value",
    ),
    Rule(
        "sj",
        any_of="watersensorstate watersensorstatus",
    ),
    Rule(
        "ywcgq",
        any_of="liquidlevelpercent liquiddepth liquidstate depthstate",
    ),
    Rule(
        "ckmkzq",
        any_of="doorcontactstate doorcontrol1 doorstate1 dooropened doorstatus",
        none="batterypercentage switchled",
        groups=("switch1 doorcontrol1 switch",),
    ),
    Rule(
        "mcs",
        any_of="doorcontactstate doorsensorstate contactstate",
        none="tempset switch switch1 control",
    ),
    Rule(
        "hps",
        any_of="presencestate humanmotionstate manstate presentstatus",
        none="switchled",
    ),
    Rule(
        "pir",
        any_of="pir pirstate",
        none="switchled control switch1 switch setbright",
    ),
    Rule(
        "zd",
        any_of="shockstate vibrationstate",
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
        any_of="soilmoisture soilhumidity soil humiditysoil",
        none="switch1",
    ),
    Rule(
        "sfkzq",
        any_of=(
            "weatherdelay smartweather usetime1 usetimeone usetime wateronce watertotal weatherswitch "
            "irrigationtime watercontrol areaone switchweather timeuse onceuse waterconsumption "
            "irrigationmode backwashtimeset smartirrigation valveset wotertimer1"
        ),
        none="tempset windowcheck windowstate forwardenergytotal tempcurrent",
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
        "cs",
        any_of="envhumid gethum",
        none="tempset pm25 co2value",
        writable="humidity dehumidify1",
    ),
    Rule(
        "jsq",
        any_of="humiditycurrent",
        none="tempset switchled1 pm25",
        groups=("humidity humidityset", "switch power switchspray"),
    ),
    Rule(
        "xxj",
        any_of="lightmode setlight dpmistgrade switchspray moodlighting",
        none="humidityset tempset relaystatus relaystatus1 control percentcontrol addele curpower backlightswitch",
        groups=("colourdata setlight lightmode workmode",),
    ),
    Rule(
        "xxj",
        any_of="switchspray",
        none="humidityset humiditycurrent humidity spraymode level tempset",
    ),
    Rule(
        "jsq",
        any_of="spraymode switchspray humidityset mist spray fogset mistmode",
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
            "trtimecon curcalibration doorcontrol1 controlbackmode switchcontrol"
        ),
        least=2,
        none="switchled manualfeed brightvalue",
    ),
    Rule(
        "cl",
        none="tempset brightvalue manualfeed switchled",
        words=(("control", "open close stop"), ("machoperate", "FZ ZZ"), ("switch1", "open close"), ("percent", "")),
    ),
    Rule(
        "znrb",
        any_of="effluenttemp ventingtemp coilertemp aroundtemp compressorstrength temparound",
        least=2,
    ),
    Rule(
        "znrb",
        any_of="intemp outtemp whjtemp cmptemp hqtemp cptemp wttemp inwttemp outwttemp coolingset heatingset wthset",
        least=3,
    ),
    Rule(
        "rs",
        any_of="surplusdrink surpluswater heattimeleft electricheatingstatus boilerheatstatus fastrinseleft modeset "
        "heaterswitch",
        groups=("tem tempcurrent watertempture",),
        writable="tempset targettemset temptureset settem",
    ),
    Rule(
        "xfj",
        words=(("mode", "supply exhaust"),),
        none="switchled",
    ),
    Rule(
        "yyj",
        any_of="switchlamp switchwash raglock purify totalruntime",
        groups=("fanspeed fanspeedenum switchfan gear",),
    ),
    Rule(
        "kt",
        none="windowcheck frost waterset brightvalue switchfan spraymode lightmode alarmtype anionlight",
        groups=(
            (
                "windspeed fanspeedenum windspeed1 fanspeed level shake windshake swing wind sleep speed "
                "fan fanmode switchvertical"
            ),
        ),
        writable="tempset settemp targettemp temp settemperature temperature tempsetf tempcset",
        if_words=("mode", "cold cool wind wet dry fan"),
    ),
    Rule(
        "wk",
        none="brightvalue cooktime cookmode start doorcontactstate pm25value phasea leakagecurrent humidityset2",
        groups=(
            (
                "tempcurrent tempcurrentf uppertemp temp tempnowhuas currenttemp currenttemperature "
                "roomtemp temproom tem tempnow mode frost windowcheck childlock eco level switch power "
                "ctemperature tempcdisp roomtemperc roomtemperature"
            ),
        ),
        writable=(
            "tempset tempsetf settemp targettemp tempsethuas settemperature tempsetc targettem targettemset "
            "settem tempset1 temperatureset settingtemp upsettem temperaturec settemperc manualtemperature"
        ),
    ),
    Rule(
        "mzj",
        any_of="cooktemperature cooktime cookmode cloudrecipenumber cookstatus",
        least=2,
    ),
    Rule(
        "bh",
        any_of="tempsettingquickc tempsettingquickf boiling keepwarm warmtime warm tempboiling",
        least=2,
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
    ),
    Rule(
        "dj",
        any_of=(
            "brightvalue colourdata workmode tempvalue scenedata controldata brightvalue1 bright "
            "brightvaluev2 colourdatav2 tempvaluev2 ledswitch brightness laserswitch laserbright colorlight "
            "dreamlightscenemode colourdataraw paintcolourdata setbright"
        ),
        none=(
            "tempset control percentcontrol windspeed pm25 suction addele curpower fanspeed co2value "
            "presencestate tempcurrent orp"
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
        none="control tempset co2value relaystatus curpower",
    ),
    Rule(
        "sgbj",
        any_of=(
            "alarmswitch alarmringtone alarmvolume alarmtime alarmtype alarmstate alarmperiod alarmdb "
            "doorbellringvalue doorbellvolumevalue"
        ),
        least=2,
        none="switch1 mastermode co2value pm25value unlockpassword switchled tempset",
    ),
    Rule(
        "hjjcy",
        any_of="co2value co2state vocvalue ch2ovalue pm25value pm10 pm1 airqualityindex tvoc pm25",
        none="fanspeed filterlife",
    ),
    Rule(
        "wkcz",
        groups=("switch switch1", "maxtempset minitempset uppertemp tempalarm tempset"),
    ),
    Rule(
        "cz",
        none="phasea",
        groups=("switch1 switch power", "curpower curvoltage curcurrent addele"),
    ),
    Rule(
        "kg",
        any_of=(
            "switch1 switch2 switch switch3 power switchon switchall swtich switch4 poweron onoff switchkg "
            "relaystate1 switchusb1"
        ),
        none="vatemperature humidityvalue batterypercentage tempcurrent",
    ),
    Rule(
        "wsdcg",
        any_of=(
            "vatemperature vahumidity humidityvalue tempcurrent temperature humidity temp hum tempf hum1 "
            "temp1 brightvalue illuminance pressurevalue ph ec orp tds"
        ),
        none="control",
    ),
    Rule(
        "kg",
        any_of="switch switch1 power switchgo start",
    ),
)
