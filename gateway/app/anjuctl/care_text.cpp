#include "app/anjuctl/care_text.hpp"

namespace anju::ctl {
namespace {

constexpr Term terms[] = {
    // kinds of tasks
    {"home_visit", "上门", "visit"},
    {"phone_call", "电话", "call"},
    {"extra_contact", "加访", "extra call"},
    {"return_check", "返家核实", "return check"},
    {"device_check", "设备巡检", "device check"},
    {"contact_call", "联系家属", "call to family"},
    // states of tasks
    {"planned", "已编排", "planned"},
    {"assigned", "已派定", "assigned"},
    {"accepted", "已受理", "accepted"},
    {"in_progress", "进行中", "in progress"},
    {"completed", "已完成", "completed"},
    {"unreached", "未接通/未见面", "unreached"},
    {"missed", "漏访", "missed"},
    {"substituted", "替代完成", "substituted"},
    {"cancelled", "已取消", "cancelled"},
    {"excused", "免访", "excused"},
    // causes
    {"plan", "周计划", "weekly plan"},
    {"replan", "重新编排", "planned anew"},
    {"recorded", "已登记联系", "a contact was recorded"},
    {"retry", "未联系上，再试", "an attempt failed"},
    {"alert", "预警要求", "an alert asks for it"},
    {"suspension", "暂停", "suspended"},
    {"returned", "返家", "returned"},
    {"absence", "网格员缺勤", "the worker is absent"},
    {"day_ended", "当日结束", "its day ended"},
    {"directory", "名册变更", "the directory changed"},
    {"person", "人工调整", "moved by hand"},
    // outcomes
    {"well", "平安", "well"},
    {"needs_help", "需帮助", "needs help"},
    {"refused", "拒绝", "refused"},
    {"by_other", "他人代答", "by somebody else"},
    // what is short
    {"capacity", "相关日期网格员没有空余时间", "no worker has time on the days that would do"},
    {"no_worker", "社区没有网格员", "the community has nobody who makes rounds"},
    {"no_duty", "放假日没有值班人员", "nobody is on the duty roster on the days that would do"},
    {"preference", "老人本人方便的时间太少", "the resident's own days and hours leave too few"},
    {"gap", "两次联系间隔过长", "a gap between contacts is too long"},
    {"too_late", "本周剩余天数不足", "too few days of the week are left"},
    {"calendar", "没有该年节假日数据，按无节假日编排",
     "no holiday data for the year: planned as if there were none"},
    {"worker_cap", "每名网格员负责人数超过上限", "more residents than the workers may have"},
    // contacts that are unusual
    {"by_night", "夜间", "by night"},
    {"off_role", "非网格员", "not by a grid worker"},
    // doors
    {"agrees", "相符", "agrees"},
    {"disagrees", "门未开启", "not used"},
    {"none", "无", "none"},
    // reasons of suspensions
    {"away", "外出", "away"},
    {"hospitalised", "住院", "in hospital"},
    {"institution", "入住机构", "in an institution"},
    {"declined", "拒绝", "declined"},
    {"withdrawn", "撤回同意", "withdrawn"},
    {"deceased", "去世", "deceased"},
};

}  // namespace

std::string_view care_term(Lang lang, std::string_view name) {
    return look_up(terms, lang, name);
}

}  // namespace anju::ctl
