"""Hong Kong and the 21 cities of Guangdong. Codes of Guangdong cities follow GB/T 2260."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class City(models.TextChoices):
    HONG_KONG = "hk", _("Hong Kong")
    GUANGZHOU = "4401", _("Guangzhou")
    SHENZHEN = "4403", _("Shenzhen")
    ZHUHAI = "4404", _("Zhuhai")
    FOSHAN = "4406", _("Foshan")
    JIANGMEN = "4407", _("Jiangmen")
    ZHAOQING = "4412", _("Zhaoqing")
    HUIZHOU = "4413", _("Huizhou")
    DONGGUAN = "4419", _("Dongguan")
    ZHONGSHAN = "4420", _("Zhongshan")
    SHANTOU = "4405", _("Shantou")
    SHANWEI = "4415", _("Shanwei")
    CHAOZHOU = "4451", _("Chaozhou")
    JIEYANG = "4452", _("Jieyang")
    ZHANJIANG = "4408", _("Zhanjiang")
    MAOMING = "4409", _("Maoming")
    YANGJIANG = "4417", _("Yangjiang")
    SHAOGUAN = "4402", _("Shaoguan")
    MEIZHOU = "4414", _("Meizhou")
    HEYUAN = "4416", _("Heyuan")
    QINGYUAN = "4418", _("Qingyuan")
    YUNFU = "4453", _("Yunfu")
