#include "core/text/refusals.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/check.hpp"

namespace anju::text {
namespace {

struct Entry {
    std::string_view code;
    Wording wording;
};

constexpr Entry entries[] = {
    // ---- records of contacts ----
    {"unknown_resident",
     {"社区 {community} 没有老人“{resident}”：请核对编号",
      "no resident \"{resident}\" in community {community}: check the id"}},
    {"unknown_worker",
     {"社区 {community} 没有工作人员“{worker}”：请写明是谁联系的",
      "no worker \"{worker}\" in community {community}: say who had the contact"}},
    {"makes_no_contacts",
     {"{worker} 是运维人员，不做探访：请写明是谁联系的",
      "{worker} is a maintainer and has no contacts: say who had it"}},
    {"not_a_contact",
     {"联系只能是上门、电话、返家核实或联系家属",
      "a contact is a home_visit, a phone_call, a return_check or a contact_call"}},
    {"ends_before",
     {"结束早于开始：请核对时间", "the contact ends before it begins: check the times"}},
    {"in_future",
     {"这次联系还没有结束：结束后再登记，或核对时间",
      "the contact lies in the future: record it when it is over, or check the times"}},
    {"too_long",
     {"一次这样的联系不会超过 {hours} 小时：请核对起止时间",
      "a contact of this kind lasts at most {hours} hours: check the times"}},
    {"too_old",
     {"这次联系已超过 14 天：那时的周已经结账",
      "the contact is more than 14 days old: weeks that long ago are closed"}},
    {"before_rounds",
     {"该老人自 {since} 起列入探访：此前的联系不在此登记",
      "the resident has been in the rounds since {since}: what was before is not recorded here"}},
    {"recorded_already", {"这次联系已经登记过", "this contact was recorded already"}},
    {"unknown_task",
     {"没有任务“{task}”：请核对编号，或不写任务",
      "no task \"{task}\" here: check the number, or leave it out"}},
    {"foreign_task",
     {"任务“{task}”属于另一位老人：请核对编号",
      "the task \"{task}\" is another resident's: check the number"}},
    {"other_task",
     {"任务“{task}”不能由这种联系完成：请核对编号，或不写任务",
      "a contact of this kind is not what the task \"{task}\" asks for: check the number, or "
      "leave it out"}},
    {"later_task",
     {"任务“{task}”在这次联系之后才提出：不写任务再登记",
      "the task \"{task}\" was asked for only after this contact: leave it out"}},
    {"foreign_alert",
     {"预警“{alert}”不是这位老人家的：请核对编号，或不写预警",
      "the alert \"{alert}\" is not of this resident's home: check the number, or leave it out"}},
    // ---- whether a contact counts, and why not ----
    {"counts", {"计入配额", "it counts for the quota"}},
    {"too_short", {"不计入：通话不足最短时长", "it does not count: the call was too short"}},
    {"form_incomplete",
     {"不计入：探访表单六项未填全，补全后再登记一次",
      "it does not count: the form lacks some of its six headings; record it again with all"}},
    {"second_that_day",
     {"不计入：当天已有一次计入的联系",
      "it does not count: another contact of that day counts already"}},
    {"too_close",
     {"不计入：与另一次计入的联系相隔不足 20 小时",
      "it does not count: it is too close to another one that counts"}},
    {"by_other",
     {"不计入：由他人代答，没有见到或联系到本人",
      "it does not count: somebody else answered, not the resident"}},
    {"quota_done",
     {"不计入：本周配额已经完成", "it does not count: the quota of the week is done"}},
    {"suspended", {"不计入：探访暂停中", "it does not count: the rounds are suspended"}},
    {"books_closed",
     {"不计入：该周已经结账", "it does not count: the books of its week are closed"}},
    {"contact_person",
     {"不计入：联系的是家属", "it does not count: the family was called, not the resident"}},
    {"refused", {"不计入：老人拒绝", "it does not count: the resident did not want to"}},
    {"unreached", {"不计入：未接通或未见面", "it does not count: nobody was reached"}},
    {"too_soon",
     {"不计入：未接通；离上次尝试太近，不算又一次尝试",
      "it does not count: nobody was reached, and it is too soon after the last attempt to be "
      "another one"}},
    {"variant_not_approved",
     {"不计入：以消息代替电话未经审批人批准",
      "it does not count: nobody who may has approved messages instead of calls"}},
    // ---- suspensions ----
    {"not_suspended", {"探访没有暂停", "the rounds are not suspended"}},
    {"say_why",
     {"请写明原因：away、hospitalised、institution、declined 或 deceased",
      "say why: away, hospitalised, institution, declined or deceased"}},
    {"consent_is_not_rounds",
     {"撤回对传感器的同意不结束探访：请登记为同意变更；老人拒绝探访时以 declined 暂停",
      "withdrawing the consent to sensors does not end the rounds: record it as consent, or "
      "suspend with the reason declined if the resident refuses the rounds"}},
    {"said_by_whom", {"请写明是谁告知的、如何得知", "say who told it, and how they know"}},
    {"takes_approver", {"暂停需要审批人", "a suspension takes an approver"}},
    {"own_approval",
     {"登记人不能自己审批：请由另一位审批人批准",
      "who records a suspension cannot approve it: name another approver"}},
    {"unknown_approver",
     {"名册中没有“{approver}”，或不止一位：审批人须是名册 [[community.worker]] 中的社区负责人或"
      "镇街中心人员，可写编号",
      "the directory has nobody, or more than one, called \"{approver}\": an approver is a "
      "community_lead or street_centre of [[community.worker]]; name the id"}},
    {"may_not_approve",
     {"{approver} 无权审批：请由社区负责人或镇街中心人员审批",
      "{approver} may not approve it: a community_lead or street_centre does"}},
    {"dates_reversed", {"结束早于开始：请核对日期", "it ends before it begins: check the dates"}},
    {"over_already", {"已经过去：没有可暂停的", "it is over already: nothing is left to suspend"}},
    {"at_most",
     {"一次最多 {days} 天：请先暂停至 {until}，届时再看、再登记",
      "at most {days} days at a time: suspend until {until}, then look again and suspend anew"}},
    {"suspended_already", {"已有同样的暂停", "this suspension stands already"}},
    {"overlaps",
     {"已有 {from} 至 {until} 的暂停：先结束它（anjuctl suspend "
      "end），或以同样的原因和开始日期延长",
      "a suspension from {from} to {until} stands: end it first (anjuctl suspend end), or extend "
      "it with the same reason and first day"}},
    // ---- staff and tasks ----
    {"no_worker_here",
     {"社区没有工作人员“{worker}”：请核对编号",
      "no worker \"{worker}\" in this community: check the id"}},
    {"absence_reversed",
     {"缺勤结束早于开始：请核对日期", "the absence ends before it begins: check the dates"}},
    {"absence_too_long",
     {"缺勤一次最多登记 {days} 天：离岗更久的请从名册中移除",
      "an absence is at most {days} days: who is gone for longer leaves the directory"}},
    {"no_task",
     {"没有任务“{task}”：请核对编号，或早已结束",
      "no task \"{task}\" here: check the number, or it is long over"}},
    {"task_over", {"任务已经结束（{state}）", "the task is {state} already"}},
    {"accepted_before", {"任务已受理", "the task was accepted before"}},
    {"begun_already", {"任务已开始", "the task has begun already"}},
    {"makes_no_rounds",
     {"“{worker}”不做探访：请指定一名网格员",
      "\"{worker}\" makes no rounds here: name a grid worker"}},
    {"theirs_already", {"任务本来就是 {worker} 的", "the task is theirs already"}},
    {"absent_then", {"{worker} 在 {day} 缺勤", "{worker} is absent on {day}"}},
    {"off_then",
     {"{worker} 在 {day} 不上班：请指定上班的人，或改期",
      "{worker} does not work on {day}: name somebody who does, or move the task"}},
    {"no_time", {"{worker} 在 {day} 没有空余时间", "{worker} has no time left on {day}"}},
    {"no_hours",
     {"{worker} 在老人方便的时段没有空余时间",
      "{worker} has no time within the resident's hours then"}},
    {"that_day_already", {"任务本来就在那一天", "the task is on that day already"}},
    {"day_over", {"{day} 已经过去", "{day} is over"}},
    {"stays_in_week",
     {"一周的联系须在本周内：请选到周日为止的一天",
      "a contact of a week stays in its week: choose a day up to Sunday"}},
    {"tried_already",
     {"已经尝试过：按重试的规则继续", "it was tried already: what follows from that goes on"}},
    {"suspended_then", {"老人当天暂停探访", "the resident is suspended on that day"}},
    {"day_unsuitable", {"那一天老人不方便", "the day does not suit the resident"}},
    {"contacted_then", {"老人当天已有联系", "the resident was contacted on that day already"}},
    {"another_contact",
     {"老人当天已有另一次联系：一天一次即可",
      "the resident has another contact on that day: one a day is enough"}},
    {"gap_too_long",
     {"两次联系将相隔超过 {days} 天", "more than {days} days would lie between two contacts"}},
    {"nobody_works", {"{day} 无人上班", "nobody works on {day}"}},
    {"nobody_has_time",
     {"{day} 在老人方便的时段、与其他联系相隔 20 小时的条件下，无人有空",
      "nobody has time on {day} within the resident's hours and 20 hours apart from the others"}},
    {"cancel_note", {"取消须写备注：请说明原因", "cancelling takes a note: say why"}},
    // ---- alerts ----
    {"command_id_reused",
     {"这个操作编号已用于另一项操作，本次未执行：请重新操作",
      "this command_id was used for something else before: nothing was done, send it with a new "
      "one"}},
    {"no_alert",
     {"没有预警“{alert}”：请核对编号；很久以前的只在历史中",
      "no alert \"{alert}\" here: check the number, or it ended so long ago that it is only kept "
      "in "
      "the history"}},
    {"stands_already", {"预警已是“{state}”", "the alert is already {state}"}},
    {"stands_with",
     {"预警已是“{state}”，处理人 {owner}", "the alert is already {state}; {owner} has it"}},
    {"alert_over",
     {"预警已是“{state}”：如果事情没有结束，请重新打开",
      "the alert is already {state}: reopen it if it is not over"}},
    {"goes_on",
     {"预警已是“{state}”，不能退回：请登记处置完成，或移交他人",
      "the alert is already {state}, and an alert does not go back: resolve it, or hand it over"}},
    {"closing_takes",
     {"办结须写原因和说明：发生了什么、做了什么",
      "closing takes a reason and a note: say what it was and what was done"}},
    {"nobody_there",
     {"还没有人到场：请先登记到场（on_site），或在说明中写明如何得知已处置",
      "nobody was there yet: say on_site first, or in the note how it is known to be dealt with"}},
    {"newer_alert",
     {"同一件事已有新的预警“{alert}”：请在那一条上继续",
      "there is a newer alert of the same, \"{alert}\": go on with that one"}},
    {"not_closed_yet",
     {"预警是“{state}”：办结之后再复核",
      "the alert is {state}: a supervisor looks at it once it is closed"}},
    {"needs_no_review",
     {"只有 P1、P2 的办结需要复核", "only the closing of a P1 or P2 is reviewed"}},
    {"reviewed_already", {"{person} 已经复核过", "{person} has reviewed it already"}},
    {"own_closing",
     {"{person} 就是办结人：请由另一位督办人复核",
      "{person} closed it: somebody else has to review what was done"}},
    {"who_reviews",
     {"办结由社区负责人或中心人员复核，请用本人姓名：{persons}",
      "a closing is reviewed by the community lead or a centre, by name: {persons}"}},
    {"nobody_has_it",
     {"还没有人签收：由接手的人签收即可", "nobody has it yet: whoever takes it acknowledges it"}},
    {"to_whom", {"请在说明中写明移交给谁", "say in the note who has it now"}},
    {"not_in_directory",
     {"名册中没有“{person}”：今天在岗的有 {persons}",
      "the directory knows no \"{person}\": on duty are {persons}"}},
    {"not_on_duty",
     {"{person} 今天不在岗：在岗的有 {persons}",
      "{person} is not on duty today: on duty are {persons}"}},
    {"others_know",
     {"已经通知了其他人：由到场或打电话的人办结",
      "others know of it already: whoever comes or phones closes the alert"}},
};

const Entry* find(std::string_view code) {
    const auto* const found = std::ranges::find(entries, code, &Entry::code);
    return found == std::end(entries) ? nullptr : found;
}

}  // namespace

Said say(std::string_view code, Facts facts) {
    std::vector<Fact> in_chinese(facts.begin(), facts.end());
    for (Fact& fact : in_chinese) {
        if (!fact.value_zh.empty()) fact.value = fact.value_zh;
    }
    const Entry* const entry = find(code);
    if (entry == nullptr) {
        check_failed("code", "what is answered is in the catalogue", __FILE__, __LINE__);
    }
    return {std::string(code), fill(entry->wording.zh, in_chinese), fill(entry->wording.en, facts)};
}

Said why_not(std::string_view code) {
    if (code.empty() || find(code) != nullptr) return say(code.empty() ? "counts" : code);
    return {std::string(code), std::string(code), std::string(code)};
}

}  // namespace anju::text
