// The words of notices and channels, in Chinese and in English (text.hpp).
#pragma once

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// As term(), for what becomes of notices, whose words mean other things elsewhere ("failed").
[[nodiscard]] std::string_view notice_term(Lang lang, std::string_view name);

namespace text {

inline constexpr Text channel{"通道", "Channel"};
inline constexpr Text works{"正常", "works"};
inline constexpr Text fails{"中断", "down"};
inline constexpr Text sent{"已发", "Sent"};
inline constexpr Text failed{"失败", "Failed"};
inline constexpr Text limited{"限流", "Limited"};
inline constexpr Text last_success{"最近成功", "Last success"};
inline constexpr Text last_failure{"最近失败", "Last failure"};

inline constexpr Text notice{"通知", "Notice"};
inline constexpr Text about{"事项", "About"};
inline constexpr Text recipient{"收件人", "To"};
inline constexpr Text over{"经由", "Over"};
inline constexpr Text attempts{"次数", "Tries"};
inline constexpr Text answer{"对方答复", "Answer"};
inline constexpr Text due{"发送时间", "Due"};
inline constexpr Text expires{"失效时间", "Expires"};
inline constexpr Text in_digest{"汇总发送", "goes out in a digest"};
inline constexpr Text has_link{"含签收链接", "holds a link to answer by"};
inline constexpr Text way{"途径", "Way"};
inline constexpr Text way_refused{"对方拒绝", "refused"};
inline constexpr Text words{"内容", "Words"};
inline constexpr Text test_said{"{}：{}", "{}: {}"};
inline constexpr Text test_said_because{"{}：{}（{}）", "{}: {} ({})"};
inline constexpr Text test_waits{"{}：尚无结果，稍后用 anjuctl notices show {} 查看",
                                 "{}: no answer yet, anjuctl notices show {} tells later"};

inline constexpr Text help_notices{"发给人的通知", "messages to people"};
inline constexpr Text help_notices_list{"最近的通知", "the newest notices"};
inline constexpr Text help_notices_show{"一条通知的内容、途径与结果",
                                        "one notice: its words, its ways and what came of it"};
inline constexpr Text help_notices_test{"经一个通道发一条测试消息，显示对方答复",
                                        "send a message over a channel and print the answer"};
inline constexpr Text help_channel{"[[notify.channel]] 的 name", "name of a [[notify.channel]]"};
inline constexpr Text help_test_address{"手机号或邮箱（短信与邮件通道）",
                                        "number or mail address, for sms, modem and mail"};

}  // namespace text
}  // namespace anju::ctl
