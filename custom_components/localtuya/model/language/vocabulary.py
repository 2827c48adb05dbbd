"""The words that datapoint codes are made of, to take glued ones apart and to see which are misspelt."""

WORDS = frozenset(
    """
    abnormal about above absence access accessory acclimation account accumulated acid action activate activated
    activation active activity adaptive add added addition address adjust adjustment admin advance again agitator air
    alarm alert algae alkali alkaline all allow altitude always ambiance ambient ambition ammonia amount an and angle
    animation anion answer anti antifreeze antifreezing antifrost app apparent appliance appoint appointment approaches
    april area arm armed arming around aspect associate association at atmosphere atmospheric attach attached attribute
    audio august authentication auto automatic autumn auxiliary available average awake away baby back background
    backlight backup backward backwash backwashing bag balance band bar barometer barometric base basic basin bath
    battery bead bean bedroom beep beeper before behavior bell below best bicycle bind binding bit black blending blink
    block blocked blood blow blower blowing blue bluetooth blur board body boil boiler boiling bool boost booster border
    bottle bottom bowl box break breaker breath breathe breathing brew brightness brightscreen broadcast brush bubble
    bucket buffer build bulb burglar burn burning bus but button buzzer by cabinet calibrate calibration call callback
    calorie calories camera cancel candle capability capacity car carbon card carnival carpet case cat category ceiling
    cell celsius center chair challenge change changed changer changing channel charge charged charger charging chart
    check checking chef child chime chip chlorinate chlorinator chlorine choice choose chosen cinema circuit circulate
    circulation cistern city class classic classify clean cleaned cleaner cleaning clear click client climate clock
    clockwise close closed closer closest cloth clothes cloud cloudy clumping code coefficient coffee coil coiler cold
    collect collection color combine comfort comfortable command company comparison compensate compensation complete
    completion compressor concentration condition conductivity config configuration confirm confirmed connect connected
    connection constant consumed consumption contact contacts content continuation continue continuous contrast control
    controller convert cook cooker cooking cool cooling copy core correction cost count countdown counter counts cover
    create credit creep crib cruise cry crying cryogenic crystal cumulative cup currency current curtain curve custom
    customer customize cut cutting cycle cycles daily danger dark data date dawn day days daytime dead debug decay
    december decibel decline decoration deep default define defrost defrosting degree degrees dehumidification
    dehumidifier dehumidify delay delayed delete delta density deodorant deodorization depth desk desktop destination
    detail details detect detection detector deviation device devices dew dial diameter difference differential diffuser
    dim dimmer dimming direct direction director dirty disable disabled disarm disarmed discharge discharging disconnect
    dishes disinfect disinfection disk dismantle display disposal distance disturb diverter do dock door doorbell
    doorlock doorway dormant dosage dose dot double down download drain draught dream drift drink drinking drive driver
    drop drum dry dryer drying dual ducts duration during dusk dust dustbin duster duty dynamic ear early earth eco
    economize economy edge edit effect effective efficiency effluent eight electric electrical electricity electrolysis
    electrolytic electronic element email emergency emission emitter empty enable enabled end endurance energy engine
    engineering enhance enough enter entry enum environment equal equipment error evaporation event exchange excrement
    excretion exercise exhaust exist exit expand expansion expect expiration export exposure express extend extended
    exterior external extra extreme face factor factory fade fading fahrenheit fail failed failure fall falling false
    fan far fast fault favorite feature features february feed feeder feeding feeds female fermentation fertility field
    fill filled filling filter find finder finger fingerprint finish finished fire fireworks firmware first fish five
    fixed flag flame flash flashing flat flicker flight flip float flood flooding floodlight floor flow fluid fluoride
    flush foam fog follow food foot for forbid forbidden force forced forecast forget format forward four fragrance
    frame free freeze freezer freezing frequency fresh friday fridge from front frost frozen fruit full function furnace
    fuse future gain gallon game gang garage garbage garden gas gate gateway gear general generate gesture get give
    glass glow go goal goes grade gradient gradual grain gravity green grid grill grind grinder ground group growth
    guard guide gust habit half hand handle hands happy hardware head headlight health healthy hearing heart heartbeat
    heartrate heat heated heater heating height help hide high hijack hint historical history hob hoist hold holding
    holiday home homing horizontal host hot hotkey hotline hour hours house human humanoid humid humidifier humidify
    humidity humiture hydraulic hydrogen hygrometer hysteresis ice icon identification identity idle ignition
    illuminance illumination image immediate import inactive incense inch inching incoming index indicator indoor
    induction inflation inflow inform information infrared initial initiative inkjet inlet inner input inquire inside
    inspect install installation installed instant insulation intelligent intensity interface interlock internal
    internet interrupt interval into invert inverted inverter ion ionizer iron irrigation is it january job joint july
    jump jumping june keep kettle key keyboard keypad kick kill kitchen kitten knob label lack lamp language large laser
    last latest lawn layer leak leakage lean learn learning leave left length lens level lever lid life lifetime lift
    lifted light lighting lightness lightning limit limited line lines link linkage liquid list listen litter live load
    local locale locate locating location lock locked locking log logo long loop loss loudness love low lower lullaby
    luminance lunar machine machinery magnet magnetic magnification main maintenance make manage management manipulator
    manual manufacturer map march mark massage master match material mattress maximal maximum me meal measure measured
    measurement meat meditate medium member memory menu merge mesh message meter method metric metrics microphone middle
    mileage milk mineral minimal minimum minute minutes mirror missing mist mite mix mixed mobile mode model moderate
    modify module moisture monday money monitor monitoring month monthly mood moodlight moon mop motion motionless motor
    mould mouse move movement moving mow mower mowing muffling multiple muscle music mute my name natural nature
    navigation near need negative net network neutral new next night nightlight nine no nobody noise nominal none normal
    not notice notification notify november now nozzle number nutrition object occupancy occur october odor of off
    office offline offset oil old on once one online only open opened opening operate operating operation opposite
    optical optimum option options or orbit orchid order orientation original oscillate oscillation other out outage
    outdoor outer outlet outline output outside oven over overcharge overcurrent overflow overheat overload overpower
    override overtemperature overvoltage owner oximeter oxygen ozone pack package page pages paint pair pairing palette
    pan panel parameter parameters parent partial partition party pass password path pause pay peak pedal pending people
    per percent percentage perception performance period periodic permit person personal pest pet phase phone photo
    photosensitive picture pilates pilot pin pipe pixel place plan plant plasma plaster plate platform play playback
    player playing plug point points polarity pollution polygon pomodoro pool port portion position positive postpone
    potassium pour powder power powered powerful pre precise prefer preferences preheat preheating prepaid prepayment
    presence present preset press pressed pressing pressure preview previous price primary privacy private pro probe
    process product production profile program programming progress prompt propel protect protected protection proximity
    public publish pull pulsation pulse pump purge purging purification purifier purify push quality quantity query
    quick quiet radar radiator radio rag rain rainbow rainfall random range rapid rate rated ratio raw reach reactive
    read reading ready real realtime rear reason reboot rebound receive receiver recharge recharging recipe
    recirculation reclosing reclosure recognition record recorder recording recover recovery red reduce reed reference
    refresh refrigeration refrigerator region register regular regulator relative relay release remain remainder
    remaining remind reminder remote removal remove repeat replace replacement reply report reporting request resend
    reserve reserved reset resetting residual resistance resolution response rest restart restore restrict restriction
    result resume return reversal reverse reversing review rhythm ride right ring ringing ringtone rinse rinsing ripple
    roast robot roles roll roller roof room rooms rotate rotating rotation route router rudder run running runtime safe
    safety salinity salt salted sample sampling sand saturation saturday sauna save saving scale scan scanning scene
    scenes scent schedule scheduled scheme screen screenshot search seat seated second secondary seconds secret section
    security sedentary seek seepage segment select selected selection self send sensation sense sensing sensitive
    sensitivity sensor sensors separate september sequence serial series server service session set setpoint setting
    settings setup seven sewage shade shake shape share sharp sheet shift shimmer shock shoe shop short shortage show
    shower shutdown shutter side sign signal silence silent single sink siren situation six size slave sleep sleeping
    slight slow small smart smell smoke smooth snack snake snooze snow socket sofa soft software soil solar solid song
    sound source spa space spare sparkle speaker special specification speech speed spin splash split spray spring
    stability stable stack stage stages stand standby standing star start starting startup state states static station
    status stay steady steam steamer steep step steps sterilization sterilize sterilizer stick still stop stopping
    storage store stored storm stove strength stretch string strip strobe strong study style sublight subscribe success
    suction summary summer sun sunday sunlight sunrise sunset supply support supported surface surplus suspended sustain
    sweat sweep sweeping swing switch switched switching sync synchronization system table tag tail talk tamper tampered
    tank tap target tariff task taste tatami tea team telephone telnet temperature temporary ten tension terminal test
    testing text texture than the theft theme thermal thermometer thermostat thickness three threshold thrust thursday
    ticket tightness tilt time timed timeout timer times timestamp timezone timing tip to today together toggle toilet
    toileting token tomorrow tone tool tools top torque total touch touching track tracking transfer transformer
    transmission transparency transparent trash travel tray treadmill treatment tree trend trigger triggered trim trip
    true trunk tube tuesday tumble tune tuner turbine turbo turn tutorial twinkle two type ultrasonic ultraviolet unbind
    under underline undervoltage unfreeze unit units unknown unlock unlocked unlocking unseen until up update updated
    upgrade upload upper upright upward urgency usage use used user users vacation vacuum valid validity value valve
    variable vehicle vein velocity vent ventilation venting verification verify version vertical vibration video view
    violet virtual virus visible vision visit visitor visits visual voice voltage volume wait wake wakeup wakeword walk
    walking wall wallet wallpaper warehouse warm warming warning wash washing waste watch water watering watermark
    waterproof wave waves weak weather web wednesday weed week weekend weekly weighing weight welcome wet wheel while
    whistle white whole width wifi wind window winter wired wireless with within without wood word work workday working
    world wrap wrong yaw year yesterday your zero zone zoom
    """.split()  # noqa: SIM905
)
