// seal, as an operator gives it, and what doctor says of it.
#include <sys/stat.h>

#include "store/sqlite_journal.hpp"
#include "tests/component/control/anjuctl.hpp"
#include "vault/key_file.hpp"

namespace anju::control {
namespace {

namespace fs = std::filesystem;

class SealCommands : public Anjuctl {
protected:
    void SetUp() override {
        write(folder_ / "home.password", "secret\n");
        configure("[store]\nseal_key_file = \"seal.key\"\n");
        write(key_, vault::make_line());
    }
    void configure(const std::string& store) {
        write(folder_ / "anju.toml",
              "[gateway]\nid = \"box-7\"\ndata_dir = \"lib\"\n"
              "[home]\nuri = \"mqtt://127.0.0.1:1883\"\nusername = \"anjud\"\n"
              "password_file = \"home.password\"\n" +
                  store);
    }
    static void write(const fs::path& file, const std::string& text) {
        std::ofstream(file) << text;
        ::chmod(file.c_str(), 0640);
    }
    /// As anjud does at its start.
    void start() {
        store::Options options;
        options.data_dir = folder_ / "lib";
        options.ballast_bytes = 0;
        options.keys = vault::read_keys(key_).value();
        ASSERT_TRUE(store::SqliteJournal::open(options, from_unix_ms(1'700'000'000'000), 7));
    }
    Ran of(const std::string& arguments, const std::string& locale = "en_US.UTF-8") {
        return run(arguments, locale, "--config '" + (folder_ / "anju.toml").string() + "'");
    }
    [[nodiscard]] std::string id(std::size_t index = 0) const {
        return vault::text_of(vault::read_keys(key_).value()->ids().at(index));
    }
    [[nodiscard]] std::string severity_of(std::string_view code) {
        const auto report = boost::json::parse(of("--json doctor").out);
        for (const auto& finding : report.at("findings").as_array()) {
            if (finding.at("code").as_string() == code) {
                return std::string(finding.at("severity").as_string());
            }
        }
        return "";
    }

    fs::path key_ = folder_ / "seal.key";
};

TEST_F(SealCommands, ANewKeyTakesThePlaceOfTheOldInThreeSteps) {
    start();
    const std::string old = id();
    const Ran rotated = of("seal rotate");
    ASSERT_EQ(rotated.code, 0) << rotated.err;
    const std::string fresh = id();
    EXPECT_NE(fresh, old);
    EXPECT_EQ(id(1), old);
    EXPECT_NE(rotated.out.find(fresh), std::string::npos) << rotated.out;
    struct stat info{};
    ASSERT_EQ(::stat(key_.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777U, 0640U);

    const Ran early = of("seal retire");
    EXPECT_EQ(early.code, 1);
    EXPECT_NE(early.err.find("not all is sealed"), std::string::npos) << early.err;
    EXPECT_EQ(id(1), old) << "it is needed";
    EXPECT_EQ(severity_of("sealing_owed"), "warning");
    EXPECT_NE(of("seal status").out.find("anju.db: all of it is sealed with key " + old),
              std::string::npos);

    start();
    EXPECT_NE(of("seal status").out.find("anju.db: all of it is sealed with key " + fresh),
              std::string::npos);
    EXPECT_EQ(severity_of("sealing_owed"), "");
    EXPECT_EQ(severity_of("seal_keys_old"), "note");
    const Ran retired = of("seal retire");
    EXPECT_EQ(retired.code, 0) << retired.err;
    EXPECT_EQ(vault::read_keys(key_).value()->ids().size(), 1U);
    EXPECT_EQ(id(), fresh);
    start();
    EXPECT_EQ(severity_of("seal_keys_old"), "");
}

TEST_F(SealCommands, AnOldKeyStaysWhileAStoreInTheQuarantineNeedsIt) {
    start();
    const fs::path aside = folder_ / "lib/quarantine/0001-20260302T000000Z";
    fs::create_directories(aside);
    fs::copy_file(folder_ / "lib/anju.db", aside / "anju.db");
    ASSERT_EQ(of("seal rotate").code, 0);
    start();
    const Ran refused = of("seal retire");
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.err.find((aside / "anju.db").string()), std::string::npos) << refused.err;
    EXPECT_NE(refused.err.find("rm -r " + aside.string()), std::string::npos) << refused.err;
    EXPECT_EQ(vault::read_keys(key_).value()->ids().size(), 2U);

    std::ofstream(aside / "anju.db", std::ios::trunc) << "nothing that could say which key";
    EXPECT_EQ(of("seal retire").code, 1);
    EXPECT_EQ(vault::read_keys(key_).value()->ids().size(), 2U);

    fs::remove_all(aside);
    const fs::path backup = folder_ / "lib/backups/anju-20260302T030000Z.backup";
    fs::create_directories(backup.parent_path());
    write(backup, "sealed, with its key in it");
    const Ran retired = of("seal retire");
    EXPECT_EQ(retired.code, 0) << retired.err;
    EXPECT_NE(retired.out.find("1 backups on this box hold their own keys"), std::string::npos)
        << retired.out;
    EXPECT_EQ(vault::read_keys(key_).value()->ids().size(), 1U);
}

TEST_F(SealCommands, ANinthKeyIsRefusedAndNoneOfTheEightIsLost) {
    for (int rotation = 1; rotation < 8; ++rotation) ASSERT_EQ(of("seal rotate").code, 0);
    const auto ids = vault::read_keys(key_).value()->ids();
    ASSERT_EQ(ids.size(), 8U);
    const Ran ran = of("seal rotate");
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("anjuctl seal retire"), std::string::npos) << ran.err;
    EXPECT_EQ(vault::read_keys(key_).value()->ids(), ids);
}

TEST_F(SealCommands, DoctorSaysThatNamesLieOpenAndWhereTheKeyLies) {
    start();
    EXPECT_EQ(severity_of("sealed"), "ok");
    EXPECT_NE(of("doctor").out.find("lies on the same disk"), std::string::npos);
    EXPECT_EQ(severity_of("names_open"), "");
    configure("");
    EXPECT_EQ(severity_of("names_open"), "warning");
    EXPECT_EQ(severity_of("sealed"), "");
    configure("[store]\nseal_key_file = \"elsewhere.key\"\n");
    EXPECT_EQ(severity_of("seal_key"), "error");
}

TEST_F(SealCommands, WithoutAKeyFileSayWhatToDoInTheReadersLanguage) {
    configure("");
    const Ran english = of("seal status");
    EXPECT_EQ(english.code, 1);
    EXPECT_NE(english.err.find("names and addresses lie open"), std::string::npos) << english.err;
    const Ran chinese = of("seal rotate", "zh_CN.UTF-8");
    EXPECT_NE(chinese.err.find("明文存放"), std::string::npos) << chinese.err;
}

}  // namespace
}  // namespace anju::control
