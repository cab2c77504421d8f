#include "app/anjuctl/notice_text.hpp"

namespace anju::ctl {
namespace {

constexpr Term terms[] = {
    // states
    {"waiting", "待发", "waiting"},
    {"sending", "发送中", "sending"},
    {"sent", "已发出", "sent"},
    {"delivered", "已送达", "delivered"},
    {"failed", "失败", "failed"},
    {"expired", "过期未发", "expired"},
    {"skipped", "未发", "skipped"},
    // topics
    {"alert", "预警", "alert"},
    {"care", "探访", "rounds"},
    {"channel", "通道", "channel"},
    {"test", "测试", "test"},
};

}  // namespace

std::string_view notice_term(Lang lang, std::string_view name) {
    return look_up(terms, lang, name);
}

}  // namespace anju::ctl
