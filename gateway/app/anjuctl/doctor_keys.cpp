#include "app/anjuctl/doctor_keys.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>

#include "app/anjuctl/doctor_text.hpp"
#include "app/anjuctl/seal_text.hpp"
#include "provision/box.hpp"
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
    if (!file || !(text << file.rdbuf())) return;
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
    if (now > facts->validity.until) {
        findings.add(Severity::error, "certificate_expired", text::certificate_expired, remedy,
                     {name, until});
    } else if (now >= provision::due(facts->validity)) {
        findings.add(Severity::warning, "certificate_due", text::certificate_due, remedy,
                     {name, until});
    } else {
        findings.ok("certificate", text::certificate_good, {name, until});
    }
}

}  // namespace

void examine_keys(const config::Config& config, const fs::path& broker_tls, provision::Time now,
                  Findings& findings) {
    if (config.http) examine_certificate(config.http->cert_file, Whose::ours, now, findings);
    if (config.district) {
        examine_certificate(config.district->cert_file, Whose::district, now, findings);
    }
    examine_certificate(broker_tls / "home.crt", Whose::ours, now, findings);
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
    if ((*keys)->ids().size() > 1) {
        findings.add(Severity::note, "seal_keys_old", text::seal_keys_old, text::retire_keys,
                     {file});
    }
}

}  // namespace anju::ctl
