#include "api/remedies.hpp"

#include <algorithm>
#include <span>

namespace anju::api {
namespace {

struct Row {
    std::span<const std::string_view> codes;
    text::Wording words;
};

constexpr std::string_view key[] = {"key_missing", "encrypted", "key_wrong", "mac_wrong"};
constexpr std::string_view radio[] = {"crc", "checksum", "length_wrong", "too_short", "no_bytes"};
constexpr std::string_view form[] = {
    "not_json",         "not_an_object",     "not_an_array",   "not_hex", "wrong_type",
    "telegram_missing", "not_a_message",     "params_missing", "empty",   "value_invalid",
    "not_protobuf",     "datatype_mismatch", "time_unreadable"};
constexpr std::string_view topic[] = {"topic_malformed", "no_device", "device_id_mismatch"};
constexpr std::string_view driver[] = {"no_driver"};
constexpr std::string_view size[] = {"oversize",         "payload_too_large", "too_many",
                                     "too_many_devices", "too_many_metrics",  "too_many_times"};
constexpr std::string_view profile[] = {"layout_mismatch", "several_meters", "unit_unknown",
                                        "value_ambiguous"};
constexpr std::string_view value[] = {"value_unknown", "value_out_of_range", "value_truncated",
                                      "value_contradictory", "availability_unknown"};
constexpr std::string_view kind[] = {"security_unsupported", "ci_unsupported",
                                     "control_unsupported", "fragment_unsupported",
                                     "message_type_unknown"};

constexpr Row table[] = {
    {key,
     {"登记或核对这个表的密钥（厂家随表提供的 32 位十六进制数）。",
      "Register its key, or compare it: 32 hexadecimal digits that came with the meter."}},
    {radio,
     {"多为信号弱或接线松动：把接收器移近、检查天线和接线；仍然如此则核对表的型号。",
      "Mostly a weak signal or a loose wire: move the receiver closer, look at aerial and wiring; "
      "if it stays so, compare the model."}},
    {form,
     {"检查网桥或发送程序的输出格式，应与该驱动的文档一致。",
      "Look at the format that the bridge or the sender writes: it must be that of the driver's "
      "page."}},
    {topic,
     {"检查网桥里的主题设置和设备名称。",
      "Look at the topic that is set in the bridge, and at the name of the device."}},
    {driver,
     {"在配置里启用这类设备的驱动，或改正网桥的主题。",
      "Switch on the driver of this kind of device in the configuration, or mend the bridge's "
      "topic."}},
    {size, {"让发送方分成几条较小的报文。", "Have the sender split it into smaller messages."}},
    {profile,
     {"为这个设备登记与型号相符的配置档（profile）。",
      "Register the profile that belongs to the model of this device."}},
    {value,
     {"只有这一项不能用，其余照收。一再出现时核对型号，或检查设备是否损坏。",
      "Only this value is left out. If it comes again and again, compare the model, or see whether "
      "the device is broken."}},
    {kind,
     {"安居还不支持这种报文。请把这条报文和型号交给安居的维护者。",
      "Anju does not know such messages yet. Give this one and the model to whoever maintains "
      "Anju."}},
};

constexpr text::Wording otherwise{
    "对照该驱动的文档检查发送方；查不出时把这条报文交给安居的维护者。",
    "Compare the sender with the driver's page; if that does not "
    "help, give this message to whoever maintains Anju."};

}  // namespace

text::Wording remedy(std::string_view code) {
    const auto* const found = std::ranges::find_if(table, [&](const Row& row) {
        return std::ranges::find(row.codes, code) != row.codes.end();
    });
    return found == std::end(table) ? otherwise : found->words;
}

}  // namespace anju::api
