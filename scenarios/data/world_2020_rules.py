"""Constants and named choices behind the tables of the 2020 world; each is explained in SOURCES.md.

Marks: [S] read in a public source, [M] from memory, [J] judgement.
"""

#: First day of the flagship run: nothing dated on or after it may enter a table.
START_DATE = "2020-08-01"

# ---- countries ------------------------------------------------------------------------------------------------------

#: Ideal points in standard deviations where the United Nations has no score [J].
GIVEN_IDEAL_POINT_SD = {"TWN": 0.80, "XKX": 1.15, "PSE": -1.0}

#: Territories that trade and route but do not choose, and the country whose position they take.
FOLLOWED_COUNTRY = {"HKG": "CHN", "MAC": "CHN"}

#: Values where the source has none and the subregion's median would be far off: column, then code.
#: PRK: Bank of Korea, national income of 2019 35.6 trn won [S: 2020 Defense White Paper] at 1,165 won per USD [M].
GIVEN_COUNTRY_VALUES = {
    "gdp_busd": {"PRK": 30.0, "SSD": 5.0, "YEM": 22.0},  # SSD, YEM [M]
    "internet_users_pct": {"PRK": 0.5},  # a few thousand users of the global internet, at most [M]
}

#: Country whose liberal-democracy score another takes: the two special administrative regions of CHN are alike [J].
DEMOCRACY_OF = {"MAC": "HKG"}

#: Wellington lies at 41 deg 17' S; the raw figure (-44.2833) is a known slip of GeoDist [M].
CORRECTED_LATITUDE_DEG = {"NZL": -41.2833}

#: Own restrictiveness that does not follow from the liberal-democracy score [J].
HOME_RESTRICTIVENESS = {"CHN": 0.45}

#: Goods value added / GDP by GDP per head: (more than USD, share) [J, pattern of the World Bank's WDI].
GOODS_SHARE_BANDS = [(12_500.0, 0.26), (4_000.0, 0.38), (1_000.0, 0.45), (0.0, 0.50)]

#: Gross output / value added [J, pattern of the World Input-Output Database].
GROSS_OUTPUT_RATIO = {"goods": 2.3, "services": 1.6}

#: Least domestic sales as a share of output [J].
DOMESTIC_FLOOR = {"goods": 0.15, "services": 0.30}

GROUPINGS = ["nato", "eu", "five_eyes", "oecd", "three_seas", "g20", "quad", "asean", "arab_league", "gcc", "brics",
             "csto", "eaeu", "sco", "bri"]

ORGANISATION_IDS = {
    "NATO": "nato", "European Union": "eu", "Three Seas Initiative": "three_seas", "ASEAN": "asean",
    "Arab League": "arab_league", "GCC": "gcc", "CSTO": "csto", "EAEU": "eaeu", "SCO": "sco",
    "African Union": "african_union", "CARICOM": "caricom", "Pacific Islands Forum": "pacific_islands_forum",
    "Mercosur": "mercosur", "China+Central Asia": "c5_china",
}

# ---- installed share of Chinese vendors, where unknown [J] ----------------------------------------------------------

VENDOR_SHARE_CAP = 0.95
VENDOR_SHARE_NAMED = {
    "USA": 0.01, "TWN": 0.02, "ISR": 0.02, "JPN": 0.1, "KOR": 0.1, "SGP": 0.1, "VNM": 0.1, "IND": 0.3, "CAN": 0.3,
    "AUS": 0.5, "CHN": 0.7, "HKG": 0.7, "MAC": 0.7,
}
VENDOR_SHARE_SUBREGION = {
    "Central Asia": 0.7, "Southern Asia": 0.5, "South-Eastern Asia": 0.5, "Western Asia": 0.5,
    "South America": 0.45, "Central America": 0.45,
}
VENDOR_SHARE_REGION = {"Africa": 0.6, "Europe": 0.45}
VENDOR_SHARE_OTHERWISE = 0.3

# ---- trade ----------------------------------------------------------------------------------------------------------

#: Countries without trade statistics and the customs partner whose pattern they take, scaled by GDP.
ANCHORS = {"LIE": "CHE", "MCO": "FRA"}

#: Flows of at most this size are left out (USD mn).
MINIMUM_FLOW_MUSD = 1e-4

#: World exports of digitally delivered services in 2019, USD mn [S: UNCTAD].
WORLD_DIGITAL_EXPORTS_MUSD = 3_200_000.0

#: Most digital exports as a share of a country's services output [J].
DIGITAL_EXPORTS_CAP = 0.25

DEMAND_DISTANCE = 0.7
DEMAND_LANGUAGE = 0.5
MINIMUM_DISTANCE_KM = 50.0
EARTH_RADIUS_KM = 6371.0088

# ---- links ----------------------------------------------------------------------------------------------------------

#: First years of the eras of cable building over which the known capacities are pooled.
CAPACITY_ERAS = [2000, 2010, 2015, 2018]

#: Cables of the 1990s after upgrades, Tb/s; no capacity of that era is known [J].
CAPACITY_BEFORE_2000_TBPS = 0.5

#: Fibre across a land border, Tb/s by GDP per head of the poorer side: (more than USD, Tb/s) [J].
LAND_CAPACITY_BANDS = [(12_500.0, 40.0), (4_000.0, 10.0), (1_000.0, 4.0), (0.0, 1.0)]

#: Year from which land fibre is taken to exist [J].
LAND_LINK_YEAR = 2005

#: Up and down to the geostationary orbit.
GEOSTATIONARY_KM = 2 * 35_786.0
SATELLITE_TBPS = 0.001

#: Land borders that carry no data, a before b [M]. KOR-PRK: no line across; PRK's transit runs through CHN and RUS.
#: ISR-LBN, ISR-SYR: state of war and boycott laws. ARM-AZE, ARM-TUR: closed since the early 1990s; ARM's transit runs
#: through GEO and IRN.
CLOSED_BORDERS = [("ARM", "AZE"), ("ARM", "TUR"), ("ISR", "LBN"), ("ISR", "SYR"), ("KOR", "PRK")]

#: Links that the sources leave out: (prefix of the id, a, b, kind, name, km, Tb/s, year), a before b [M, J].
ASSUMED_LINKS = [
    ("satellite", "AUS", "KIR", "satellite", "geostationary satellite", GEOSTATIONARY_KM, SATELLITE_TBPS, 2010),
    ("satellite", "AUS", "NRU", "satellite", "geostationary satellite", GEOSTATIONARY_KM, SATELLITE_TBPS, 2010),
    ("satellite", "AUS", "TUV", "satellite", "geostationary satellite", GEOSTATIONARY_KM, SATELLITE_TBPS, 2010),
    ("satellite", "KIR", "USA", "satellite", "geostationary satellite", GEOSTATIONARY_KM, SATELLITE_TBPS, 2010),
    ("satellite", "NRU", "USA", "satellite", "geostationary satellite", GEOSTATIONARY_KM, SATELLITE_TBPS, 2010),
    ("satellite", "TUV", "USA", "satellite", "geostationary satellite", GEOSTATIONARY_KM, SATELLITE_TBPS, 2010),
    ("assumed", "ATG", "DMA", "submarine", "Eastern Caribbean Fiber System (ECFS)", 210.0, 0.5, 1995),
    ("assumed", "DMA", "LCA", "submarine", "Eastern Caribbean Fiber System (ECFS)", 160.0, 0.5, 1995),
    ("assumed", "FJI", "WSM", "submarine", "Tui-Samoa", 1_470.0, 8.0, 2018),
]

# ---- firms and memberships ------------------------------------------------------------------------------------------

#: Sector of the model by sector of the source.
SECTORS = {
    "equipment": "equipment", "device": "device", "semiconductor": "semiconductor", "app_platform": "platform",
    "cloud": "cloud", "carrier": "carrier", "cable": "cable", "fintech": "finance", "bank": "finance",
}

#: Firm by name of the Clean Telco; empty where the carrier is no named firm (O2 UK is inside Telefonica)
#: or was not seen to be named as a Clean Telco (Singtel).
CLEAN_TELCO_FIRMS = {
    "Orange": "Orange", "Jio (Reliance)": "Reliance Jio", "Telstra": "Telstra", "SK Telecom": "SK Telecom", "KT": "KT",
    "NTT": "NTT", "Telefonica": "Telefonica", "Rogers": "Rogers", "Bell (BCE)": "BCE (Bell)", "Telus": "Telus",
    "O2 UK": "", "Singtel": "",
}

#: Level of membership by kind of act: a signed text binds, being named or counted by the sponsor lists.
INITIAL_MEMBERSHIP_LEVEL = {
    "signed": "signed", "listed": "listed", "telco_listed": "listed", "counted": "listed", "declined": "none",
}
