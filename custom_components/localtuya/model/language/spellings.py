"""What single words of datapoint codes stand for, where they are no English words themselves."""

from collections.abc import Mapping

_CAPITALS = """
3D 4G 5G AC AI AP AQI BBQ BLE BMS CPU CT DC DLI DMX DNS DST EC ECG EEPROM EU FM GFCI GPRS GPS GSM HCHO HD HDMI HDR
HEPA HS HSB HSV ICCID ID IMEI IP IR IoT LAN LCD LED LEL LTE MAC MCU MPPT MQ MQTT NFC NTC NTP OBD OLED ONVIF ORP OSD OTA
OTP PC PFC PID PIR PM1 PM10 PTC PTZ PV PWM QR RAM RF RFID RGB RGBCW RGBIC RGBW RPM RSSI RTC RTSP SD SIM SMS SOC SOH
SOS SPF TDS TF TV TVOC UPS URL USB USD EUR CNY RMB UTC UUID UV UVC VOC WDR
"""
"""Words that are written so."""

_MEANINGS = """
# Formulas and particles
ch2o CH₂O; ch4 CH₄; cho HCHO; co CO; co2 CO₂; cov CO; h2 H₂; no2 NO₂; o3 O₃; ph pH; pm03 PM0.3; pm100 PM10; pm2 PM2;
pm25 PM2.5; prm PRM; so2 SO₂; tvoc TVOC; wifi Wi-Fi
# Abbreviations
acc accumulated; accu accumulated; act action; addr address; adj adjustment; aircond air conditioner; alm alarm;
amb ambient; amp amperes;
angular angle; appoint appointment; att attribute; avg average; avs Alexa; bat battery; batt battery;
bklight backlight; bri brightness; brig brightness; bright brightness; bt Bluetooth; btn button; buz buzzer;
bz buzzer; cal calibration; cali calibration; calib calibration; cap capacity; cct color temperature;
cfg configuration; ch channel; chg charge; clr clear; cmd command; cmp compressor; cnt count; coe coefficient;
coef coefficient; coiler coil; colour color; colours colors; comm communication; comp compressor;
compen compensation; compst compensation; conf configuration; config configuration; ctl control; ctrl control;
cur current; curr current; cus custom; cyc cycle; db dB; def default; defr defrost; dehum dehumidification; del delete;
dest destination; dev device; dif difference; diff difference; differ difference; dir direction; dis distance;
disp display; dist distance; diy custom; dnd do not disturb; dp DP; dur duration; eev expansion valve;
eheat electric heating;
ele energy; elec electricity; en enable; env environment; eq equalizer; err error; evt event; ext external;
exv expansion valve;
fac factory; fahren Fahrenheit; fap camera access point; fav favorite; favs favorites; flg flag; fre frequency;
freq frequency; fuc function; fun function; func function; fw firmware; fwd forward; hist history; hor horizontal;
hum humidity; humi humidity; hw hardware; illu illuminance; illum illuminance; ind indicator; indic indicator;
inf information; info information; init initial; intemp indoor temperature; inv inverter; ipc camera;
irr irrigation; irri irrigation; irriga irrigation; kw power; kwh energy; lang language; lev level; lum luminance;
lux illuminance; max maximum; maxi maximum; mfg manufacturer; mgr management; mic microphone; min minimum;
mini minimum; mins minutes;
mod mode; moto motor; mov movement; ms milliseconds; msg message; mult multiple; multi multiple; neg negative;
nightvision night vision; num number; odour odor; oem OEM; onoff on/off; op operation; opt option;
outtemp outdoor temperature; param parameter; params parameters; pc PC; pct percentage; perc percentage;
pf power factor; pic picture; pos position; pow power; prd period; pres pressure; prg program;
prog program; prot protection; psw password; pub public; pw password; pwd password; pwr power; qty quantity;
rec record; ref reference; rem remaining; rev reverse; rh humidity; rly relay; rst reset; sch schedule; sec seconds;
sel selection; sen sensitivity; sens sensitivity; sensi sensitivity; seq sequence; serv service; sig signal;
sn serial number; sp setpoint; spd speed; sta status; stat status; std standard; stemp temperature setting; str text;
sub sub-device;
subdev sub-device; subdevice sub-device; sw switch; synch synchronization; sys system; tel telephone; tem temperature;
temp temperature;
temper tamper; temperalarm tamper alarm; temps temperatures; thr threshold; thre threshold; thres threshold;
thresh threshold; tm time; tmp temperature; tout timeout; utils tools; uvi UV index; ver version; vert vertical;
vib vibration; vol volume; volt voltage; vsd variable speed; warn warning; wt weight
# The calendar
apr April; aug August; dec December; feb February; fri Friday; jan January; jul July; jun June; mar March;
mon Monday; nov November; oct October; sat Saturday; sep September; thu Thursday; thur Thursday; thurs Thursday;
tue Tuesday; tues Tuesday; wed Wednesday
# Misspelt words that a letter more or less does not set right
alam alarm; backight backlight; battary battery; batter battery; batttery battery; caliberate calibrate;
calibrat calibration; calibretion calibration; cancle cancel; cark car; circult circuit; claen clean; claer clear;
compenst compensation; comsumption consumption; coutdown countdown; creat create; curent current; deo deodorization;
electrity electricity; engery energy; equiment equipment; feedstate feed state; feellike feels like;
forword forward; hight high; hisotry history; histroy history; huimi humidity; humd humidity; hystersis hysteresis;
illumin illuminance; indcator indicator; inear inner ear; infared infrared; langue language; lanuage language;
leve level; lifecycle life cycle; lighten light; limition limit; lndoor indoor; mdoe mode; moisure moisture;
moniton monitor; moodlight mood light; oder odor; overchare overcharge; pencent percent; poewr power;
pressture pressure; pumb pump; pxiels pixels; reclose reclosing; repeate repeat; reserse reverse; resever reserve;
ritht right; sate state; scane scene; scen scene; sction suction; sence sense; seta set A; seting setting; sigle single;
speek speak; storge storage; swich switch; swip swipe; swith switch; swithc switch; swtich switch; tempture temperature;
updat update; updata update; voltag voltage; votage voltage; waite wait; warining warning; wth weather
# Glued words that come apart in more than one way, or in none
airpurify air purification; areaeight area 8; areafive area 5; areafour area 4; areaone area 1; areaseven area 7;
areasix area 6; areathree area 3; areatwo area 2; brightscreen bright screen; chhum channel humidity;
chtemp channel temperature; colorlight color light; dewpoint dew point; doorcontact door contact;
dreamlight dream light; dreamscene dream scene; fanspeed fan speed; finddev find device; flowrater flow rate;
heatcool heat/cool; hightemp high temperature; huas Fahrenheit; leakagecurr leakage current; leftright left/right;
lowtemp low temperature; maproominfo map room information; nightlight night light; offpeak off-peak;
overtemp over-temperature; overvol overvoltage; poweroff power-off; poweron power-on; restday rest day;
rollbru roll brush; settemplow lower temperature setting; settempup upper temperature setting;
smartspeaker smart speaker; subequipment sub-device; tempcurrent current temperature; timecon time;
undertemp under-temperature; undervol undervoltage; updown up/down; usbled USB LED; waterp water pump;
watersensor water sensor; windchill wind chill; windspeed wind speed
# Chinese words in Latin letters
anjian button; baiye louver; baojing alarm; beiguang backlight; chuanglian curtain; chushi dehumidification;
chushuang defrost; daojishi countdown; dengguang light; dianji motor; dianjisudu motor speed; dianliang battery;
dianliu current; dianya voltage; dianyuan power supply; dingshi timer; fangdong anti-freeze; fangxiang direction;
fengsu fan speed; fengxiang air direction; fuwei reset; ganyin sensing; gonglv power; guan off;
guangzhao illuminance; guzhang fault; huifu restore; huoyan flame; huoyanaynse flame color;
hj ambient; hq return gas; hqtemp return gas temperature; huoyandengliangdu flame light brightness; jiare heating;
jiashi humidifying; jieneng energy saving; jishi timer;
kai on; kaiguan switch; kongqizhiliang air quality; kssw start temperature; led LED; leiji total;
liangdu brightness; liu flow; lvwang filter; lvxin filter; mima password; moshi mode; nuan warm;
qidongwencha start temperature difference; quxiaoalarm cancel alarm; sheding setting; shezhi setting;
shidu humidity; shijian time; shiyongjishi usage timer; shoudong manual; shuimian sleep; shuiwei water level;
shuiwen water temperature; sswd current temperature; sudu speed; suo lock; tangchuangdeng bed light;
tongsuo child lock; tongsuokaiguan child lock; weizhi position; wencha temperature difference; wendu temperature;
wuhua mist; xiangwei phase; xianwen temperature limit; xiping screen off; yanse color; yanshi delay;
yinliang volume; yuliu reserved; yure preheating; yuyin voice; zhileng cooling; zhire heating; zhuangtai status;
zhufan anti-freeze; zidong automatic; zongdianliang total energy
"""
"""The word and what it means, between semicolons; `#` starts a line that tells of which kind."""

SPELLINGS: Mapping[str, str] = {word.lower(): word for word in _CAPITALS.split()} | {
    word: meaning
    for line in _MEANINGS.splitlines()
    if not line.startswith("#")
    for word, _, meaning in (entry.strip().partition(" ") for entry in line.split(";"))
    if meaning
}
"""English for one word of a code, by that word in lower case."""
