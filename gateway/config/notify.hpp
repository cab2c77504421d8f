// [notify] and [[notify.channel]]: how people are told.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/model/alert.hpp"
#include "core/model/instant.hpp"
#include "core/model/roles.hpp"

namespace anju::config {

/// One channel. Which keys there are depends on `kind`; secrets are named by file only.
struct NotifyChannel {
    std::string name;
    std::string kind;  ///< wecom dingtalk feishu webhook sms modem mail
    std::vector<Role> roles;
    std::vector<std::string> communities;
    std::vector<Priority> priorities;
    bool backup = false;
    bool allow_plaintext = false;
    std::filesystem::path ca_file;

    std::filesystem::path url_file;  ///< robots: the address holds the key
    std::string url;                 ///< webhook, sms, mail
    std::filesystem::path secret_file;
    bool markdown = false;

    // sms
    std::string method = "POST";
    std::vector<std::string> headers;
    std::string body;
    std::string body_kind = "json";
    std::string success_pointer;
    std::string success_value;
    std::vector<std::string> limit_values;
    std::uint32_t per_minute = 0;
    std::size_t longest_text = 500;

    // mail
    std::string username;
    std::filesystem::path password_file;
    std::string from;
    std::string from_name = "Anju 安居";

    // modem
    std::filesystem::path device;
    int baud = 115'200;
    std::filesystem::path pin_file;
};

struct Notify {
    std::vector<std::string> languages{"zh", "en"};
    std::string base_url;  ///< of links; empty: none are sent
    Duration link_valid = std::chrono::hours{24};
    bool full_names = false;
    std::vector<Duration> digests{std::chrono::hours{9}, std::chrono::hours{15}};
    Duration daily_digest = std::chrono::hours{9};
    std::vector<NotifyChannel> channels;
};

}  // namespace anju::config
