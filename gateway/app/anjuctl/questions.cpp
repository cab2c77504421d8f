#include "app/anjuctl/questions.hpp"

#include <algorithm>
#include <array>
#include <istream>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "app/known_names.hpp"

namespace anju::ctl {
namespace {

enum class Kind { text, list, yes_no };

struct Question {
    std::string_view key;
    Kind kind;
    Text words;
    std::string_view standard;  ///< shown, and taken for an empty line; empty: none
    /// A key of the same section that has to be true; with '!', false.
    std::string_view only_if = {};
};

constexpr std::array<Question, 4> box_questions{{
    {"id", Kind::text, {"本机编号，全区唯一", "id of the box, unique in the district"}, "box-0001"},
    {"host",
     Kind::text,
     {"主机名（家中以 主机名.local 找到它）", "host name (in the home it is found as NAME.local)"},
     "anju"},
    {"addresses",
     Kind::list,
     {"家庭网络中的固定 IP 地址，空格分隔，可留空",
      "fixed IP addresses in the home's network, by spaces, or nothing"},
     ""},
    {"utc_offset", Kind::text, {"当地时间与 UTC 之差", "local time, from UTC"}, "+08:00"},
}};
constexpr std::array<Question, 3> sensor_questions{{
    {"network",
     Kind::yes_no,
     {"有不直接连在本机上的传感器（Wi-Fi、网线）吗？",
      "are there sensors beyond the box itself (Wi-Fi, cable)?"},
     "n"},
    {"zigbee2mqtt", Kind::yes_no, {"使用 Zigbee2MQTT 吗？", "is there a Zigbee2MQTT?"}, "y"},
    {"drivers",
     Kind::list,
     {"还要启用哪些驱动，空格分隔，可留空", "further drivers, by spaces, or nothing"},
     ""},
}};
constexpr std::array<Question, 4> district_questions{{
    {"uri",
     Kind::text,
     {"平台地址，如 mqtts://platform.example:8883",
      "address of the platform, such as mqtts://platform.example:8883"},
     ""},
    {"ca_file",
     Kind::text,
     {"平台 CA 证书文件，留空用系统自带的",
      "file of its CA's certificate, or nothing for the system's"},
     ""},
    {"certificate",
     Kind::yes_no,
     {"以证书证明本机身份吗？", "does the box prove itself by a certificate?"},
     "y"},
    {"password_file", Kind::text, {"口令文件", "file of its password there"}, "", "!certificate"},
}};
constexpr std::array<Question, 2> console_questions{{
    {"enabled", Kind::yes_no, {"启用网页工作台吗？", "shall there be the web console?"}, "y"},
    {"network",
     Kind::yes_no,
     {"允许家庭网络中的手机和电脑打开它吗（TLS）？",
      "may phones and computers of the network open it (TLS)?"},
     "n",
     "enabled"},
}};

constexpr Text has_district{"上报区级平台吗？", "is there a district platform?"};
constexpr Text not_so{"不行：{}", "not so: {}"};
constexpr Text yes_or_no{"请回答 y 或 n", "answer y or n"};

class Talk {
public:
    Talk(std::istream& in, std::ostream& out, Lang lang) : in_(in), out_(out), lang_(lang) {}

    std::optional<config::Setup> run() {
        if (!section("box", box_questions) || !section("sensors", sensor_questions)) {
            return std::nullopt;
        }
        const auto uplink = yes_no(has_district, "n");
        if (!uplink || (*uplink && !section("district", district_questions))) return std::nullopt;
        if (!section("console", console_questions)) return std::nullopt;
        const auto setup = parse(toml_);
        if (!setup) return std::nullopt;
        return *setup;
    }

private:
    static boost::system::result<config::Setup, config::Errors> parse(const std::string& toml) {
        // The name has no folder: files that are named are taken from where the person is.
        return config::parse_setup(toml, "answers", driver_names());
    }

    std::optional<std::string> line(Text words, std::string_view standard) {
        out_ << words.in(lang_);
        if (!standard.empty()) out_ << " [" << standard << "]";
        out_ << ": " << std::flush;
        std::string said;
        if (!std::getline(in_, said)) return std::nullopt;
        while (!said.empty() && (said.back() == ' ' || said.back() == '\r')) said.pop_back();
        said.erase(0, said.find_first_not_of(' '));
        return said.empty() ? std::string(standard) : said;
    }

    std::optional<bool> yes_no(Text words, std::string_view standard) {
        while (true) {
            const auto said = line(words, standard);
            if (!said) return std::nullopt;
            for (const char* const yes : {"y", "Y", "yes", "是"}) {
                if (*said == yes) return true;
            }
            for (const char* const no : {"n", "N", "no", "否"}) {
                if (*said == no) return false;
            }
            out_ << yes_or_no.in(lang_) << '\n';
        }
    }

    static std::string quoted(std::string_view text) {
        std::string out = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\') out += '\\';
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
        return out + "\"";
    }

    static std::string list(std::string_view text) {
        std::string out;
        while (!text.empty()) {
            const std::size_t end = text.find_first_of(" ,");
            if (end != 0) out += (out.empty() ? "" : ", ") + quoted(text.substr(0, end));
            text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        }
        return "[" + out + "]";
    }

    /// The answer as TOML; empty: nothing was said. nullopt: nobody is there any more.
    std::optional<std::string> answer(const Question& question) {
        if (question.kind == Kind::yes_no) {
            const auto said = yes_no(question.words, question.standard);
            if (!said) return std::nullopt;
            return std::string(*said ? "true" : "false");
        }
        const auto said = line(question.words, question.standard);
        if (!said || said->empty()) return said;
        return question.kind == Kind::list ? list(*said) : quoted(*said);
    }

    static bool applies(std::string_view condition, const std::string& said) {
        if (condition.empty()) return true;
        const bool wanted = !condition.starts_with('!');
        if (!wanted) condition.remove_prefix(1);
        return said.find(std::string(condition) + (wanted ? " = true" : " = false")) !=
               std::string::npos;
    }

    /// What is wrong with this answer; others of its section are still to come, such as the proof
    /// that an address needs.
    static std::optional<Error> mistake_in(
        const std::string& key, const boost::system::result<config::Setup, config::Errors>& setup) {
        if (setup) return std::nullopt;
        for (const Error& error : setup.error()) {
            const bool early = error.what.find("without any proof") != std::string::npos;
            if (error.what.starts_with(key) && !early) return error;
        }
        return std::nullopt;
    }

    /// All questions of a section; from its first one again when they do not fit together.
    bool section(std::string_view name, std::span<const Question> questions) {
        while (true) {
            std::string said = "[" + std::string(name) + "]\n";
            for (const Question& question : questions) {
                if (applies(question.only_if, said) && !one(name, question, said)) return false;
            }
            const auto setup = parse(toml_ + said);
            if (setup) {
                toml_ += said;
                return true;
            }
            complain(setup.error().front());
        }
    }

    bool one(std::string_view section, const Question& question, std::string& said) {
        const std::string key = std::string(section) + "." + std::string(question.key) + " ";
        while (true) {
            const auto value = answer(question);
            if (!value) return false;
            if (value->empty()) return true;
            std::string more = said;
            more += std::string(question.key) + " = " + *value + "\n";
            const auto wrong = mistake_in(key, parse(toml_ + more));
            if (!wrong) {
                said = std::move(more);
                return true;
            }
            complain(*wrong);
        }
    }

    void complain(const Error& error) {
        std::string words(not_so.in(lang_));
        words.replace(words.find("{}"), 2, Error{error.what, "", error.remedy}.text());
        out_ << words << '\n';
    }

    std::istream& in_;
    std::ostream& out_;
    Lang lang_;
    std::string toml_;
};

}  // namespace

std::optional<config::Setup> ask_setup(std::istream& in, std::ostream& out, Lang lang) {
    return Talk(in, out, lang).run();
}

}  // namespace anju::ctl
