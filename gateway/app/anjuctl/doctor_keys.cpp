#include "app/anjuctl/doctor_keys.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <optional>
#include <sstream>

#include "app/anjuctl/doctor_text.hpp"
#include "app/anjuctl/seal_text.hpp"
#include "provision/box.hpp"
#include "store/sealing.hpp"
#include "vault/key_file.hpp"

namespace anju::ctl {
namespace {

namespace fs = std::filesystem;

/// Whether it is the box's part to get a new one from somebody.
enum class Whose { ours, district };

void examine_certificate(const fs::path& path, Whose whose, provision::Time now,
                         Findings& findings) {
    if (path.empty()) return;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) {
        struct stat info{};
        if (stat(path.c_str(), &info) != 0 && errno == ENOENT) return;
        return findings.add(Severity::note, "certificate_hidden", text::certificate_hidden,
                            text::ask_as_root, {path.string()});
    }
    const auto facts = provision::look_at(text.str());
    const std::string name = path.string();
    if (!facts) {
        return findings.add(Severity::error, "certificate_unreadable", text::certificate_unreadable,
                            text::renew_certificate, {name});
    }
    const std::string until = provision::day_of(facts->validity.until);
    if (whose == Whose::district && facts->self_issued) {
        return findings.add(Severity::warning, "not_enrolled", text::not_enrolled, text::enrol_box);
    }
    const Text remedy = whose == Whose::district ? text::renew_enrolment : text::renew_certificate;
    // A clock that nobody has set says 1970: nothing is over then, and nothing valid yet either.
    now = provision::sensible(now);
    if (now < facts->validity.from) {
        findings.add(Severity::error, "certificate_early", text::certificate_early,
                     text::mend_early, {name, provision::day_of(facts->validity.from)});
    } else if (now > facts->validity.until) {
        findings.add(Severity::error, "certificate_expired", text::certificate_expired, remedy,
                     {name, until});
    } else if (now >= provision::due(facts->validity)) {
        findings.add(Severity::warning, "certificate_due", text::certificate_due, remedy,
                     {name, until});
    } else {
        findings.ok("certificate", text::certificate_good, {name, until});
    }
}

struct User {
    uid_t user{};
    gid_t group{};
};

/// Of the machine's own passwd: services are no users of a directory on the network.
std::optional<User> find_user(const fs::path& machine, const std::string& name) {
    std::ifstream file(machine / "etc/passwd");
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string user;
        std::string skipped;
        User out;
        char colon = 0;
        if (std::getline(fields, user, ':') && user == name && std::getline(fields, skipped, ':') &&
            fields >> out.user >> colon >> out.group) {
            return out;
        }
    }
    return std::nullopt;
}

/// Whether this user may read the file, by the rights of the file and of its folder; ACLs of the
/// file system are not looked at.
bool may_read(const User& user, const fs::path& path) {
    const auto may = [&user](const fs::path& what, mode_t bit) {
        struct stat info{};
        if (stat(what.c_str(), &info) != 0) return true;  // nothing is known
        if (info.st_uid == user.user) return (info.st_mode & (bit << 6U)) != 0;
        if (info.st_gid == user.group) return (info.st_mode & (bit << 3U)) != 0;
        return (info.st_mode & bit) != 0;
    };
    return may(path.parent_path(), S_IXOTH) && may(path, S_IROTH);
}

/// A server that cannot read its key does not start, or starts without TLS.
void examine_key(const fs::path& path, const fs::path& machine, const std::string& user,
                 Findings& findings) {
    struct stat info{};
    if (path.empty() || stat(path.c_str(), &info) != 0) return;
    const std::string name = path.string();
    if ((info.st_mode & (S_IROTH | S_IWOTH)) != 0) {
        findings.add(Severity::error, "key_open", text::key_open, text::shut_key, {name});
    }
    const auto who = find_user(machine, user);
    if (who && !may_read(*who, path)) {
        findings.add(Severity::error, "key_unreadable", text::key_unreadable, text::give_key,
                     {name, user});
    }
}

}  // namespace

void examine_keys(const config::Config& config, const fs::path& machine, provision::Time now,
                  Findings& findings) {
    const fs::path broker_tls = machine / "etc/mosquitto/anju/tls";
    if (config.http) {
        examine_certificate(config.http->cert_file, Whose::ours, now, findings);
        examine_key(config.http->key_file, machine, "anju", findings);
    }
    if (config.district) {
        examine_certificate(config.district->cert_file, Whose::district, now, findings);
        examine_key(config.district->key_file, machine, "anju", findings);
    }
    examine_certificate(broker_tls / "home.crt", Whose::ours, now, findings);
    examine_key(broker_tls / "home.key", machine, "mosquitto", findings);
    const fs::path key = fs::absolute(config.source).parent_path() / "ca" / "ca.key";
    struct stat info{};
    if (stat(key.c_str(), &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        findings.add(Severity::error, "authority_open", text::authority_open, text::shut_authority,
                     {key.string()});
    }
}

void examine_sealing(const config::Config& config, Findings& findings) {
    if (config.seal_key_file.empty()) {
        return findings.add(Severity::warning, "names_open", text::names_open, text::seal_none_do,
                            {config.data_dir.string()});
    }
    const std::string file = config.seal_key_file.string();
    struct stat key{};
    struct stat data{};
    // One that the service manager hands over is there while anjud runs, and for root alone.
    if (::access(file.c_str(), R_OK) != 0 && errno == EACCES) return;
    const auto keys = vault::read_keys(config.seal_key_file);
    if (!keys) {
        return findings.verbatim(Severity::error, "seal_key",
                                 keys.error().where + ": " + keys.error().what,
                                 keys.error().remedy);
    }
    const bool beside = ::stat(file.c_str(), &key) == 0 &&
                        ::stat(config.data_dir.c_str(), &data) == 0 && key.st_dev == data.st_dev;
    findings.ok("sealed", beside ? text::seal_key_beside : text::seal_good,
                {vault::text_of((*keys)->current()), file});
    for (const char* const name : {"anju.db", "console.db"}) {
        const fs::path database = config.data_dir / name;
        std::error_code hidden;
        if (!fs::exists(database, hidden)) continue;
        const auto is = store::look_at_sealing(database);
        if (!is || (is->begun == 0 && is->all == (*keys)->current())) continue;
        findings.add(Severity::warning, "sealing_owed", text::sealing_owed, text::sealing_owed_do,
                     {name, vault::text_of((*keys)->current())});
    }
    if ((*keys)->ids().size() > 1) {
        findings.add(Severity::note, "seal_keys_old", text::seal_keys_old, text::retire_keys,
                     {file});
    }
}

}  // namespace anju::ctl
