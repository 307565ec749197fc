"""Names of the grids that PROJ installs in its own folders."""

from __future__ import annotations

import re

#: Current names (country and agency), and old names that follow a pattern.
_ALIKE = re.compile(
    r"""null|[a-z]{2,3}_[a-z0-9]+_[\w.+-]+\.tif
    | conus|alaska|hawaii|prvi|stgeorge|stlrnc|stpaul|FL|MD|TN|WI|WO
    | OSTN\w+\.gsb|CHENYX06\w*\.gsb|AT_GIS_GRID\w*\.gsb|[a-z][a-z\d]hpgn\.gsb
    | rdtrans\d+\.gsb|naptrans\d+\.gtx|egm(?:96|08)_\d+\.gtx|[a-z]{4}ht\d{4}-nzvd2016\.gtx
    | g\d{4}[a-z]\w*\.(?:gtx|bin)|geoid\d\d\w*\.gtx|vertcon[cew]\.gtx|RAF\d\d\.gtx""",
    re.VERBOSE | re.ASCII,
)
#: Other old names in lower case, without ``.gsb`` and ``.gtx``, from the table grid_alternatives of
#: PROJ's database, versions 9.1 to 9.7.
_SHIFTS = frozenset(
    """
    100800401 a66_national_13_09_01 abcsrsv4 agqg_20191107 agqg_20201120
    ausgeoid09_gda94_v1.01_dov_windows ausgeoid09_v1.01 ausgeoid2020_20180201 bc_27_05 bc_93_05
    bd72lb72_etrs89lb08 beta2007 bwta2017 ca61_003 ca7072_003 cgq77-98 chenyx06_etrs chenyx06a
    cq77na83 cq77scrs crd27_00 crd93_00 d73_etrs89_geo de_tlbg_thuringen_ntv2gridth dlx_etrs89_geo
    etrs2eov_notowgs gda94_gda2020_conformal gda94_gda2020_conformal_and_distortion
    gda94_gda2020_conformal_christmas_island gda94_gda2020_conformal_cocos_island gs7783 gs_2022
    gsb_2022 heta2010 hu_bme_hd72corr isn2004_isn2016 isn93_isn2016 kk_2022 lks92to2020ntv2 may76v20
    na27na83 na27scrs na83scrs nad83-98 national_84_02_07_01 nb2783v2 nb7783v2 ns778302 ntf_r93
    ntv1_0 ntv2_0 ntv2_sn nvi93_05 nzgd2kgrid0005 on27csv1 on76csv1 on83csv1 os_2022 pe7783v2
    que27-98 rdcorr2018 rgf93_ntf s34j_2022 s34s_2022 s45b_2022 sad69_003 sad96_003 seta2016
    sk27-98 sk83-98 sped2etv2 to27csv1 tor27csv1
    """.split()
)
_GEOIDS = frozenset(
    """
    ausgeoid09_v1.01 ausgeoid2020_20180201 ausgeoid98 bongeo2004 cgg2013ai08 cgg2013an83 cgg2013i08
    cgg2013n83 cr2005_gtx dnn dvr90 fvr09 geoid_eht2014 gg10_sbv2 gg10_smv2 ggg00_lsv2 ggg00_mgv2
    ggg00_sbv2 ggg00_smv2 ggg00v2 ggguy15 ggker08v2 ggm00v2 ggm04v1 ggpf02-bora ggpf02-huahine
    ggpf02-maupiti ggpf02-raiatea ggpf02-tahaa ggpf08-fakarava ggpf10-moorea ggpf10-tahiti ggspm06v1
    gvr2000 gvr2016 ht2_2010v70 icegeoid_isn2004 icegeoid_isn2016 icegeoid_isn93 nlgeo2018 nllat2018
    nzgeoid2009 nzgeoid2016 osgm15_belfast osgm15_malin rac09 ragtbt2016 rald2016 raldw842016
    rals2016 ramart2016 ramg2016 rar07_bl raspm2018 slovakia_etrs89h_to_baltic1957
    slovakia_etrs89h_to_evrf2007 swen17_rh2000
    """.split()
)
_NAMES = {
    "ntv1_can.dat",
    *(f"{name}.gsb" for name in _SHIFTS),
    *(f"{name}.gtx" for name in _GEOIDS),
}


def is_own_grid(name: str) -> bool:
    """Whether PROJ has a grid of this name."""
    return _ALIKE.fullmatch(name) is not None or (name.isascii() and name.lower() in _NAMES)
