// What `anjuctl policy` and `anjuctl consent` say, in Chinese and in English.
#pragma once

#include <string_view>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// What a value of the policy means; its key where nothing is known of it.
[[nodiscard]] std::string_view policy_meaning(std::string_view key, Lang lang);

namespace text {

inline constexpr Text policy_key{"键", "Key"};
inline constexpr Text policy_means{"含义", "What it is"};
inline constexpr Text policy_value{"生效值", "Holds"};
inline constexpr Text policy_layer{"来自", "Said by"};
inline constexpr Text layer_product{"产品", "Product"};
inline constexpr Text layer_district{"区", "District"};
inline constexpr Text layer_community{"社区", "Community"};
inline constexpr Text layer_resident{"本人/本户", "Resident"};
inline constexpr Text policy_all_product{"全部为产品默认值；--all 列出",
                                         "everything is the "
                                         "product's; --all lists it"};
inline constexpr Text policy_next{
    "注意：下层已改动，重新导入清单后 {} 将由 {} 变为 {}",
    "note: a layer below was changed; the next import makes {} {} instead of {}"};
inline constexpr Text per_month_unit{"{} 次/月", "{} a month"};
inline constexpr Text holiday_year{"年份", "Year"};
inline constexpr Text holiday_off{"放假天数", "Days off"};
inline constexpr Text holiday_worked{"调休上班", "Worked"};
inline constexpr Text holiday_source{"依据", "Announced by"};
inline constexpr Text holiday_missing_year{"缺少 {} 年的数据", "there is no data of {}"};

inline constexpr Text consent_kind{"设备类型", "Sensor"};
inline constexpr Text consent_state{"同意", "Consent"};
inline constexpr Text consent_devices{"设备数", "Devices"};
inline constexpr Text consent_collected{"采集", "Collected"};
inline constexpr Text consent_by{"表示人", "Said by"};
inline constexpr Text consent_basis{"依据", "Basis"};
inline constexpr Text consent_at{"时间", "At"};
inline constexpr Text consent_actor{"记录人", "Recorded by"};
inline constexpr Text erased_at{"  {}：已于 {} 彻底删除：读数 {} 条，快照 {} 份，未识别消息 {} 条",
                                "  {}: erased at {}, {} readings, {} snapshots, {} rejected "
                                "messages"};
inline constexpr Text erasing{"  {}：正在删除（已删读数 {} 条）",
                              "  {}: being erased ({} readings "
                              "so far)"};
inline constexpr Text consent_done{"{}：{}", "{}: {}"};

inline constexpr Text help_policy{"生效的策略及其来源（一人一策）",
                                  "what holds for whom, and who said it"};
inline constexpr Text help_policy_show{"老人、住户或社区的生效值与来源",
                                       "the values of a resident, household or community"};
inline constexpr Text help_policy_id{"老人、住户或社区编号", "resident, household or community"};
inline constexpr Text help_policy_all{"包括产品默认值", "the product's values too"};
inline constexpr Text help_holidays{"节假日数据有哪些年份", "of which years holidays are known"};
inline constexpr Text help_consent{"知情同意", "consent of residents"};
inline constexpr Text help_consent_show{"一位老人的同意情况、历史与删除记录",
                                        "what a resident said, and what was erased"};
inline constexpr Text help_consent_record{"记录同意或拒绝", "record what a resident said"};
inline constexpr Text help_consent_withdraw{
    "撤回同意：立即停止采集并删除已采集的数据",
    "withdraw: stops collection at once and erases what was collected"};
inline constexpr Text help_consent_kind{"设备类型，或 all", "kind of sensor, or all"};
inline constexpr Text help_consent_state{"given 同意，refused 拒绝", "given or refused"};
inline constexpr Text help_consent_by{"谁表示的（本人或有权代表者）",
                                      "who said it: the resident, or who may speak for them"};
inline constexpr Text help_consent_basis{"依据，如“2026-113 号同意书，已签字”",
                                         "what it rests upon: \"form 2026-113, signed\""};

}  // namespace text
}  // namespace anju::ctl
