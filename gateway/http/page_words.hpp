// What the pages say, in Chinese and in English.
#pragma once

#include "core/input.hpp"
#include "core/model/alert.hpp"
#include "core/text/catalogue.hpp"

namespace anju::http {

[[nodiscard]] text::Wording words(AlertKind kind);
[[nodiscard]] text::Wording words(ClosingReason reason);
/// The button of a verb; empty for those that a link cannot do, because they take a reason or a
/// name.
[[nodiscard]] text::Wording words(AlertVerb verb);

namespace say {
inline constexpr text::Wording title{"安居预警", "Anju alert"};
inline constexpr text::Wording who{"老人", "resident"};
inline constexpr text::Wording address{"地址", "address"};
inline constexpr text::Wording raised{"时间", "time"};
inline constexpr text::Wording state{"状态", "state"};
inline constexpr text::Wording owner{"处理人", "handled by"};
inline constexpr text::Wording call{"拨打老人", "call the resident"};
inline constexpr text::Wording hidden{"签收后显示姓名、地址和电话。",
                                      "Name, address and phone numbers are shown once you have "
                                      "acknowledged."};
inline constexpr text::Wording emergency{"如有生命危险，请先拨打 119 或 120。系统不会自动拨打。",
                                         "If life is in danger, call 119 or 120 first. The system "
                                         "never calls them by itself."};
inline constexpr text::Wording taken{"已有人处理，您不用再操作。",
                                     "Somebody has it already; there is nothing for you to do."};
inline constexpr text::Wording over{"这条预警已经结束。", "This alert is over."};
inline constexpr text::Wording done{"已记录，谢谢。", "Recorded, thank you."};
inline constexpr text::Wording refused{"这一步没有成功。", "This step was not taken."};
inline constexpr text::Wording next{"下一步", "next"};
inline constexpr text::Wording mine{"是我，显示联系方式", "it is me: show the details"};
inline constexpr text::Wording who_acts{"您是哪一位？点自己的名字即可。",
                                        "Who are you? Tap your own name."};
inline constexpr text::Wording reason{"办结原因", "closed because"};
inline constexpr text::Wording note{"说明", "note"};
inline constexpr text::Wording closed_by{"办结人", "closed by"};
inline constexpr text::Wording reviewed_by{"督办人", "reviewed by"};
inline constexpr text::Wording reviewed{"这条预警已经复核。", "This closing has been reviewed."};
inline constexpr text::Wording not_closed{"这条预警现在没有可复核的办结，可能已重新打开。",
                                          "There is no closing to review now; the alert may have "
                                          "been opened again."};
inline constexpr text::Wording another_look{"需要再看", "it needs another look"};
inline constexpr text::Wording what_to_look_at{"请写明还要看什么。",
                                               "Say what is to be looked at."};
inline constexpr text::Wording looks_again{"“需要再看”会重新打开这条预警，并重新通知负责人员。",
                                           "Another look opens the alert again and tells whoever "
                                           "is responsible."};
inline constexpr text::Wording expired{"链接已过期", "this link has expired"};
inline constexpr text::Wording unknown{"链接无效", "this link is not valid"};
inline constexpr text::Wording ask_anew{
    "请打开最近一条预警消息里的链接，或打电话给社区值班人员。",
    "Open the link of the newest message, or phone whoever is on duty in the community."};
inline constexpr text::Wording copy_whole{
    "链接可能没有复制完整。请回到消息里直接点开，或打电话给社区值班人员。",
    "It may not have been copied whole. Tap it in the message, or phone whoever is on duty in the "
    "community."};
inline constexpr text::Wording slow_down{"请稍后再试", "try again later"};
}  // namespace say

}  // namespace anju::http
