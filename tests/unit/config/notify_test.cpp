// [notify] and [[notify.channel]]: each kind as it is written and shown, and mistakes in it.
#include <fmt/format.h>

#include "tests/unit/config/files.hpp"

namespace anju::config {
namespace {

using namespace std::chrono_literals;
using Strings = std::vector<std::string>;

const std::string base =
    "[gateway]\nid = \"box\"\n[home]\nuri = \"mqtt://127.0.0.1\"\n";  // 4 lines

struct Kind {
    const char* name;
    const char* toml;
    /// What has to be shown again.
    std::vector<const char*> shown;
};

const Kind every_kind[] = {
    {"wecom",
     "url_file = \"one.key\"\nmarkdown = true\nroles = [\"grid_worker\"]\npriorities = [\"P1\"]\n",
     {"markdown = true", "roles = [\"grid_worker\"]", "priorities = [\"P1\"]"}},
    {"dingtalk",
     "url_file = \"one.key\"\nsecret_file = \"two.key\"\nbackup = true\n",
     {"two.key", "backup = true"}},
    {"feishu", "url_file = \"one.key\"\ncommunities = [\"C1\"]\n", {"communities = [\"C1\"]"}},
    {"webhook",
     "url = \"http://127.0.0.1/x\"\nallow_plaintext = true\nsecret_file = \"one.key\"\n"
     "ca_file = \"ca.pem\"\n",
     {"url = \"http://127.0.0.1/x\"", "allow_plaintext = true", "ca.pem"}},
    {"sms",
     "url = \"https://sms.example/send?to={phone}\"\nmethod = \"PUT\"\n"
     "headers = [\"Authorization: Bearer {secret}\", \"Accept: text/plain\"]\n"
     "body = \"text={text}\"\nbody_kind = \"form\"\nsuccess_pointer = \"/a/Code\"\n"
     "success_value = \"OK\"\nlimit_values = [\"TOO_MANY\"]\nper_minute = 30\n"
     "longest_text = 210\nsecret_file = \"one.key\"\n",
     {"send?to={phone}", "method = \"PUT\"", "Bearer {secret}", "Accept: text/plain",
      "body = \"text={text}\"", "body_kind = \"form\"", "/a/Code", "success_value = \"OK\"",
      "TOO_MANY", "per_minute = 30", "longest_text = 210"}},
    {"modem",
     "device = \"/dev/ttyUSB2\"\nbaud = 9600\npin_file = \"one.key\"\nper_minute = 6\n",
     {"/dev/ttyUSB2", "baud = 9600", "per_minute = 6"}},
    {"mail",
     "url = \"smtps://mail.example:465\"\nusername = \"anju\"\npassword_file = \"one.key\"\n"
     "from = \"anju@mail.example\"\nfrom_name = \"安居 1\"\n",
     {"smtps://mail.example:465", "username = \"anju\"", "anju@mail.example",
      "from_name = \"安居 1\""}},
};

class NotifySection : public InFolder {
protected:
    NotifySection() {
        write("one.key", "key\n", 0600);
        write("two.key", "key\n", 0600);
        write("ca.pem", "pem\n", 0644);
    }
    static std::string channel(const std::string& kind, const std::string& lines) {
        return fmt::format("[[notify.channel]]\nname = \"it\"\nkind = \"{}\"\n{}", kind, lines);
    }
    /// A channel of this kind begins in line 5, its lines in line 8.
    Strings wrong(const std::string& kind, const std::string& lines) {
        return mistakes(base + channel(kind, lines));
    }
    std::string shown(const std::string& toml) {
        const auto config = load(write("anju.toml", base + toml));
        if (!config) throw std::runtime_error(plain(config.error()).front());
        return masked(*config);
    }
};

TEST_F(NotifySection, ShowsEveryKindAsItCanBeReadAgain) {
    for (const Kind& kind : every_kind) {
        const std::string text = shown(channel(kind.name, kind.toml));
        for (const char* const part : kind.shown) {
            EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
        }
        const auto again = load(write("again.toml", text));
        ASSERT_TRUE(again) << kind.name << ": " << plain(again.error()).front();
        EXPECT_EQ(masked(*again), text);
    }
}

TEST_F(NotifySection, HidesWhatSomebodyWroteInTheOpen) {
    const std::string text =
        shown(channel("sms", R"(url = "https://me:hush@x.example/s?key=hush&to={phone}"
headers = ["X-Token: hush", "Content-Type: application/json"]
body = '{"key": "hush", "text":"{text}","n": 3, "deep":{"p":"hush"}}'
)"));
    EXPECT_EQ(text.find("hush"), std::string::npos) << text;
    EXPECT_NE(text.find("https://***@x.example/s?key=***&to={phone}"), std::string::npos) << text;
    EXPECT_NE(text.find("\"X-Token: ***\", \"Content-Type: application/json\""), text.npos) << text;
    EXPECT_NE(
        text.find(R"({\"key\": \"***\", \"text\":\"{text}\",\"n\": 3, \"deep\":{\"p\":\"***\"}})"),
        std::string::npos)
        << text;
    const std::string words = shown(channel(
        "sms",
        "url = \"https://x.example\"\nbody_kind = \"text\"\nbody = \"hush {phone} {text}\"\n"));
    EXPECT_NE(words.find("body = \"***{phone}***{text}\""), std::string::npos) << words;
}

TEST_F(NotifySection, RefusesWhatAnotherKindTakes) {
    const Strings found = wrong("mail", "url = \"smtps://m\"\nfrom = \"a@b\"\nbaud = 9600\n");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0].starts_with("anju.toml:10:")) << found[0];
    EXPECT_NE(found[0].find("notify.channel[0].baud is not a known key"), std::string::npos)
        << found[0];
}

TEST_F(NotifySection, SaysWhatEveryKindNeeds) {
    const std::pair<const char*, std::vector<const char*>> needs[] = {
        {"wecom", {"url_file"}},  {"dingtalk", {"url_file"}},
        {"feishu", {"url_file"}}, {"webhook", {"secret_file", "url"}},
        {"sms", {"url"}},         {"modem", {"device"}},
        {"mail", {"url", "from"}}};
    for (const auto& [kind, keys] : needs) {
        const Strings found = wrong(kind, "");
        ASSERT_EQ(found.size(), keys.size()) << kind;
        for (std::size_t at = 0; at < keys.size(); ++at) {
            EXPECT_TRUE(found[at].starts_with("anju.toml:5:")) << found[at];
            EXPECT_NE(found[at].find(std::string("notify.channel[0].") + keys[at] + " is missing"),
                      std::string::npos)
                << found[at];
        }
    }
}

TEST_F(NotifySection, NamesMistakesWithTheirPlaces) {
    struct Mistake {
        const char* kind;
        const char* lines;
        const char* place;
        const char* said;
    };
    const Mistake all[] = {
        {"wecmo", "", "7:8", "'wecmo' is no kind of channel"},
        {"wecom", "url_file = \"none.key\"\n", "8:12", "url_file"},
        {"webhook", "url = \"http://x\"\nsecret_file = \"one.key\"\n", "8:7", "unencrypted"},
        {"webhook", "url = \"ftp://x\"\nsecret_file = \"one.key\"\n", "8:7", "no address"},
        {"mail", "url = \"https://x\"\nfrom = \"a@b\"\n", "8:7", "no address"},
        {"mail", "url = \"smtps://x\"\nfrom = \"nobody\"\n", "9:8", "no mail address"},
        {"sms", "url = \"https://x/{phone}\"\nmethod = \"DELETE\"\n", "9:10", "not used by SMS"},
        {"sms", "url = \"https://x\"\nbody = \"{text}\"\n", "9:8", "names no {phone}"},
        {"sms", "url = \"https://x/{phone}\"\nbody_kind = \"xml\"\n", "9:13", "is not known"},
        {"sms", "url = \"https://x/{phone}\"\nsuccess_pointer = \"Code\"\n", "9:19",
         "no JSON pointer"},
        {"sms", "url = \"https://x/{phone}\"\nlongest_text = 10\n", "9:16", "longest_text"},
        {"modem", "device = \"/dev/x\"\nbaud = 1\n", "9:8", "baud"},
        {"modem", "device = \"/dev/x\"\nroles = [\"grid_worker\", \"boss\"]\n", "9:25",
         "'boss', which is no role"},
        {"modem", "device = \"/dev/x\"\npriorities = [\"P5\"]\n", "9:15", "'P5'"},
    };
    for (const Mistake& one : all) {
        const Strings found = wrong(one.kind, one.lines);
        ASSERT_EQ(found.size(), 1U) << one.kind << " " << one.lines;
        EXPECT_TRUE(found[0].starts_with(std::string("anju.toml:") + one.place + ": ")) << found[0];
        EXPECT_NE(found[0].find(one.said), std::string::npos) << found[0];
    }
}

TEST_F(NotifySection, RefusesTwoChannelsOfOneNameAndTheNameOfTheLoudspeaker) {
    const std::string modem = channel("modem", "device = \"/dev/x\"\n");
    const Strings twice = mistakes(base + modem + modem);
    ASSERT_EQ(twice.size(), 1U);
    EXPECT_TRUE(twice[0].starts_with("anju.toml:10:8: notify.channel[1].name 'it'")) << twice[0];
    const Strings speaker = mistakes(
        base + "[[notify.channel]]\nname = \"speaker\"\nkind = \"modem\"\ndevice = \"/dev/x\"\n");
    ASSERT_EQ(speaker.size(), 1U);
    EXPECT_NE(speaker[0].find("cannot name a channel"), std::string::npos) << speaker[0];
}

TEST_F(NotifySection, NamesMistakesOfTheSectionItself) {
    const Strings found = mistakes(base + R"([notify]
languages = ["zh", "fr"]
base_url = "anju.example"
link_valid = "1s"
digest_at = ["9:00"]
daily_digest_at = "24:00"
full_name = true
)");
    ASSERT_EQ(found.size(), 6U);
    const std::pair<const char*, const char*> wanted[] = {
        {"6:20", "'fr'"},           {"7:12", "no address of the console"}, {"8:14", "link_valid"},
        {"9:14", "no time of day"}, {"10:19", "no time of day"},           {"11:", "full_name"}};
    for (std::size_t at = 0; at < std::size(wanted); ++at) {
        EXPECT_TRUE(found[at].starts_with(std::string("anju.toml:") + wanted[at].first))
            << found[at];
        EXPECT_NE(found[at].find(wanted[at].second), std::string::npos) << found[at];
    }
}

}  // namespace
}  // namespace anju::config
