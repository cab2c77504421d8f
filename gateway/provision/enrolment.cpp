#include "provision/enrolment.hpp"

#include <algorithm>
#include <string>

#include "config/setup.hpp"
#include "provision/box.hpp"
#include "provision/places.hpp"
#include "provision/written.hpp"

namespace anju::provision {
namespace {

constexpr std::string_view waiting_key = "/etc/anju/tls/district.key.next";
constexpr std::string_view waiting_request = "/etc/anju/tls/district.csr.next";
static_assert(waiting_key.substr(place::district_key.size()) == waiting_suffix);

/// As what the district knows the box.
result<std::string> name_of_box(const Tree& tree) {
    const std::string file = tree.at(place::answers).string();
    const auto text = tree.read(place::answers);
    if (!text) return text.error();
    if (!*text) return Error{"the box was not set up", file, "run anjuctl setup first"};
    const auto setup = config::parse_setup(**text, file);
    if (!setup) return setup.error().front();
    if (!setup->district || !setup->district->certificate) {
        return Error{"the box does not prove itself to a district by a certificate", file,
                     "certificate = true below [district], then anjuctl setup"};
    }
    return result<std::string>{boost::system::in_place_value, setup->district->username};
}

Error not_taken(std::string what, std::string remedy) {
    return Error{"the certificate is not taken: " + std::move(what), "", std::move(remedy)};
}

/// The key that it is for; an Error when the box has none such.
result<std::string_view> key_of(const Tree& tree, std::string_view certificates) {
    for (const std::string_view path : {waiting_key, place::district_key}) {
        const auto key = tree.read(path);
        if (!key) return key.error();
        if (*key && belongs_to(certificates, **key)) return path;
    }
    return not_taken("it is for another key",
                     "hand in this box's request: " + tree.at(place::district_request).string());
}

/// The waiting key moves first, with the old certificate beside it for a moment: anjud reads both
/// at its start only, and a run that is cut off here is completed by importing again.
result<void> promote(const Tree& tree) {
    const auto key = tree.read(waiting_key);
    if (!key) return key.error();
    if (!*key) return {};
    if (const auto done = tree.write(place::district_key, **key, access::gateway); !done) {
        return done;
    }
    const auto request = tree.read(waiting_request);
    if (!request) return request.error();
    if (*request) {
        const auto done = tree.write(place::district_request, **request, access::open);
        if (!done) return done;
    }
    if (const auto gone = tree.remove(waiting_request); !gone) return gone;
    return tree.remove(waiting_key);
}

/// anjud reads the certificate at its start: until then a restart is owed. Before the certificate
/// is there, so that a power cut between the two leaves none unused.
result<void> restart_due(const Tree& tree) {
    auto due = read_due(tree);
    if (!due) return due.error();
    if (std::ranges::find(*due, place::district) != due->end()) return {};
    due->emplace_back(place::district);
    return write_due(tree, *due);
}

}  // namespace

result<std::optional<Enrolment>> enrolment(const Tree& tree) {
    using Maybe = std::optional<Enrolment>;
    const auto text = tree.read(place::district);
    if (!text) return text.error();
    if (!*text) return Maybe{};
    const auto facts = look_at(**text);
    if (!facts) return facts.error();
    return Maybe{Enrolment{*facts, !facts->self_issued, due(facts->validity)}};
}

result<Facts> issued_for(std::string_view name, std::string_view certificates,
                         std::string_view authorities, Time at) {
    const auto facts = look_at(certificates);
    if (!facts) return facts;
    if (facts->subject != name) {
        return not_taken(
            "it names '" + facts->subject + "', and this box is '" + std::string(name) + "'",
            "have it issued for this box");
    }
    const auto good = verify(certificates, authorities, Purpose::client, "", at);
    if (!good) {
        return not_taken(good.error().what, authorities.empty()
                                                ? "name the authority's certificate with --ca"
                                                : "ask the district for one that is valid");
    }
    return facts;
}

result<Facts> import_certificate(const Tree& tree, const Import& import) {
    const auto name = name_of_box(tree);
    if (!name) return name.error();
    auto held = lock(tree);
    if (!held) return held.error();
    const auto issued = look_at(import.certificates);
    if (!issued) return issued;
    const auto key = key_of(tree, import.certificates);
    if (!key) return key.error();
    std::string authorities(import.authorities);
    if (authorities.empty()) {
        const auto text = tree.read(place::district_ca);
        if (!text) return text.error();
        authorities = text->value_or("");
    }
    Time at = sensible(import.now);
    if (!import.clock_trusted) at = std::max(at, issued->validity.from);
    const auto facts = issued_for(*name, import.certificates, authorities, at);
    if (!facts) return facts;
    const auto old = tree.read(place::district);
    if (!old) return old.error();
    if (*old && **old != import.certificates) {
        const auto saved = tree.write(std::string(place::district) + ".old", **old, access::open);
        if (!saved) return saved.error();
    }
    const bool waited = *key == waiting_key;
    if (waited) {
        if (const auto done = promote(tree); !done) return done.error();
    }
    if (const auto put = restart_due(tree); !put) return put.error();
    const auto put = tree.write(place::district, import.certificates, access::open);
    if (!put) return put.error();
    return facts;
}

result<std::optional<Facts>> import_issued(const Tree& tree, Time now) {
    using Maybe = std::optional<Facts>;
    const auto waits = tree.read(place::issued);
    if (!waits) return waits.error();
    const auto used = tree.read(place::district);
    if (!used) return used.error();
    if (!*waits || **waits == used->value_or("")) return Maybe{};
    const auto next = look_at(**waits);
    if (!next) return next.error();
    const auto present = look_at(used->value_or(""));
    if (present && !present->self_issued && next->validity.until <= present->validity.until) {
        return not_taken("it ends no later than the one in use", "take it by hand: --import FILE");
    }
    const auto done = import_certificate(tree, {**waits, {}, now, true});
    if (!done) return done.error();
    return Maybe{*done};
}

result<std::string> ask_anew(const Tree& tree) {
    const auto name = name_of_box(tree);
    if (!name) return name.error();
    auto held = lock(tree);
    if (!held) return held.error();
    auto key = tree.read(waiting_key);
    if (!key) return key.error();
    if (!*key) {
        auto made = make_key();
        if (!made) return made;
        const auto placed = tree.place_secret(waiting_key, *made, access::gateway);
        if (!placed) return placed.error();
        *key = std::move(*made);
    }
    auto request = tree.read(waiting_request);
    if (!request) return request.error();
    if (*request) return result<std::string>{boost::system::in_place_value, std::move(**request)};
    auto made = make_request(**key, *name);
    if (!made) return made;
    const auto put = tree.write(waiting_request, *made, access::open);
    if (!put) return put.error();
    return made;
}

}  // namespace anju::provision
