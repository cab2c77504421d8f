#include "app/anjuctl/console_text.hpp"

namespace anju::ctl {
namespace {

constexpr Term roles[] = {
    {"worker", "网格员"}, {"lead", "社区负责人"}, {"supervisor", "镇街督办"},
    {"operator", "运维"}, {"auditor", "审计"},
};

constexpr Term warnings[] = {
    {"unknown_scope", "没有叫“{}”的社区、镇街或区", "no community, street or district is '{}'"},
    {"unknown_worker", "没有 id 为“{}”的工作人员", "no worker has the id '{}'"},
    {"no_worker", "{} 未指定 --worker，无法记录走访",
     "{} has no --worker, and so can record no contacts"},
};

}  // namespace

std::string_view role_term(Lang lang, std::string_view role) {
    return look_up(roles, lang, role);
}

std::string_view warning_text(Lang lang, std::string_view code) {
    return look_up(warnings, lang, code);
}

}  // namespace anju::ctl
