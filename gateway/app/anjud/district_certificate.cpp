#include "app/anjud/district_certificate.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "provision/box.hpp"
#include "provision/certificates.hpp"
#include "provision/enrolment.hpp"
#include "provision/places.hpp"
#include "provision/tree.hpp"

namespace anju {
namespace {

namespace fs = std::filesystem;
using provision::Time;

/// Root looks once a week, and at once when something comes.
constexpr auto long_enough = std::chrono::days{8};

const provision::Tree& machine() {
    static const provision::Tree tree{""};
    return tree;
}

/// Empty: not there, or not to be read.
std::string content(const fs::path& file) {
    const auto text = machine().read(file.string());
    return text ? text->value_or("") : std::string();
}

Time seconds_of(Instant at) {
    return Time(std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()));
}

Instant instant_of(Time at) {
    return Instant(at.time_since_epoch());
}

}  // namespace

DistrictCertificate::DistrictCertificate(const config::Broker& broker, fs::path kept,
                                         fs::path handed, const ClockReading& now)
    : broker_(broker),
      kept_(std::move(kept) / fs::path(provision::place::issued).filename()),
      handed_(std::move(handed)) {
    if (broker_.cert_file.empty()) return;
    if (!handed_.empty()) handed_ /= fs::path(provision::place::issued).filename();
    used_ = content(broker_.cert_file);
    const auto facts = provision::look_at(used_);
    if (!facts) {
        used_.clear();
        return;
    }
    name_ = facts->subject;
    certificate_ = {instant_of(facts->validity.from),
                    instant_of(facts->validity.until),
                    facts->fingerprint,
                    {}};
    waits_ = content(kept_);
    // The clock may be behind at a start: that it has begun is looked at by root.
    const auto waiting = provision::look_at(waits_);
    if (waiting && waits_ != used_ &&
        fit(waits_, std::max(provision::sensible(seconds_of(now.wall)), waiting->validity.from))) {
        waits_since_ = now.steady;
        hand_over(waits_);
        return;
    }
    waits_.clear();
    for (const fs::path& over : {kept_, handed_}) {
        if (!over.empty()) (void)machine().remove(over.string());
    }
}

void DistrictCertificate::hand_over(std::string_view certificates) const {
    // A change wakes root's renewal: the same once more would do so for nothing.
    if (handed_.empty() || content(handed_) == certificates) return;
    const auto put = machine().write(handed_.string(), certificates, provision::access::open);
    // Kept all the same: the next start lays it there again.
    if (!put) log::error("certificate_not_handed_over", {{"error", put.error().text()}});
}

std::string DistrictCertificate::next_request() const {
    const fs::path ours = fs::path(broker_.cert_file).replace_extension(".csr");
    std::string waiting = content(ours.string() + std::string(provision::waiting_suffix));
    return waiting.empty() ? content(ours) : waiting;
}

bool DistrictCertificate::for_our_key(std::string_view certificates) const {
    const std::string key = broker_.key_file.string();
    return std::ranges::any_of(
        std::array{key, key + std::string(provision::waiting_suffix)},
        [&](const std::string& one) { return provision::belongs_to(certificates, content(one)); });
}

result<provision::Facts> DistrictCertificate::fit(std::string_view certificates, Time at) const {
    const auto refused = [](const char* what) {
        return Error{what, "", "issue one for the request of this box"};
    };
    if (!for_our_key(certificates)) return refused("it is for another key than this box's");
    auto facts = provision::issued_for(name_, certificates, content(broker_.ca_file), at);
    if (facts && instant_of(facts->validity.until) <= certificate_.until) {
        return refused("it ends no later than the one in use");
    }
    return facts;
}

std::optional<BoxCertificate> DistrictCertificate::facts(const ClockReading& now) const {
    if (used_.empty()) return std::nullopt;
    BoxCertificate out = certificate_;
    const provision::Validity validity{seconds_of(out.from), seconds_of(out.until)};
    const bool due =
        now.state != ClockState::unsynchronised && seconds_of(now.wall) >= provision::due(validity);
    const bool waits = !waits_.empty() && now.steady - waits_since_ < long_enough;
    if (due && !waits) out.request = next_request();
    return out;
}

std::pair<CommandStatus, std::string> DistrictCertificate::take(std::string_view certificates,
                                                                const ClockReading& now) {
    const auto refused = [](std::string text) {
        log::warn("certificate_refused", {{"text", text}});
        return std::pair{CommandStatus::refused, std::move(text)};
    };
    if (used_.empty()) return refused("this box shows the district no certificate");
    if (certificates == used_) return {CommandStatus::already, "it is in use"};
    if (certificates == waits_) return {CommandStatus::already, "it waits to be put in place"};
    const auto said = provision::look_at(certificates);
    if (!said) return refused(said.error().text());
    Time at = provision::sensible(seconds_of(now.wall));
    if (now.state == ClockState::unsynchronised) at = std::max(at, said->validity.from);
    const auto good = fit(certificates, at);
    if (!good) return refused(good.error().text());
    const auto put = machine().write(kept_.string(), certificates, provision::access::open);
    if (!put) return refused(put.error().text());
    waits_ = certificates;
    waits_since_ = now.steady;
    hand_over(waits_);
    log::info("certificate_issued", {{"until", provision::day_of(good->validity.until)},
                                     {"fingerprint", good->fingerprint}});
    return {CommandStatus::applied, "it waits to be put in place"};
}

}  // namespace anju
