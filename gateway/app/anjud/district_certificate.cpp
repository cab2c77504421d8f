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
                                         fs::path handed)
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
    const auto waiting = provision::look_at(waits_);
    if (waits_ == used_ || !waiting || waiting->validity.until <= facts->validity.until) {
        waits_.clear();
    }
    if (!waits_.empty()) {
        hand_over(waits_);
        return;
    }
    for (const fs::path& over : {kept_, handed_}) {
        if (!over.empty()) (void)machine().remove(over.string());
    }
}

void DistrictCertificate::hand_over(std::string_view certificates) const {
    if (handed_.empty()) return;
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

std::optional<BoxCertificate> DistrictCertificate::facts(const ClockReading& now) const {
    if (used_.empty()) return std::nullopt;
    BoxCertificate out = certificate_;
    const provision::Validity validity{seconds_of(out.from), seconds_of(out.until)};
    const bool due =
        now.state != ClockState::unsynchronised && seconds_of(now.wall) >= provision::due(validity);
    if (due && waits_.empty()) out.request = next_request();
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
    if (!for_our_key(certificates)) return refused("it is for another key than this box's");
    Time at = provision::sensible(seconds_of(now.wall));
    if (now.state == ClockState::unsynchronised) at = std::max(at, said->validity.from);
    const auto good = provision::issued_for(name_, certificates, content(broker_.ca_file), at);
    if (!good) return refused(good.error().text());
    if (instant_of(good->validity.until) <= certificate_.until) {
        return refused("it ends no later than the one in use");
    }
    const auto put = machine().write(kept_.string(), certificates, provision::access::open);
    if (!put) return refused(put.error().text());
    waits_ = certificates;
    hand_over(waits_);
    log::info("certificate_issued", {{"until", provision::day_of(good->validity.until)},
                                     {"fingerprint", good->fingerprint}});
    return {CommandStatus::applied, "it waits to be put in place"};
}

}  // namespace anju
