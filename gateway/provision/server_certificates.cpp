#include "provision/server_certificates.hpp"

#include <algorithm>

#include "provision/places.hpp"

namespace anju::provision {
namespace {

using std::chrono::days;

constexpr days authority_lasts{20 * 365};
// Phones refuse longer ones from an authority that somebody installed on them.
constexpr days server_lasts{825};
constexpr days placeholder_lasts{3650};
// The other side's clock may be behind.
constexpr days slack{1};

Validity from_now(Time now, days lasts) {
    const Time from = sensible(now) - slack;
    return {from, from + lasts};
}

}  // namespace

result<std::string> Certificates::key(std::string_view path, Access access) {
    auto there = tree_.read(path);
    if (!there) return there.error();
    if (*there) {
        done_.steps.push_back({std::string(path), Placed::unchanged});
        return result<std::string>{boost::system::in_place_value, std::move(**there)};
    }
    auto made = make_key();
    if (!made) return made;
    if (const auto placed = tree_.place_secret(path, *made, access); !placed) {
        return placed.error();
    }
    done_.steps.push_back({std::string(path), Placed::made});
    return made;
}

result<void> Certificates::put(std::string_view path, const std::string& text, Placed placed) {
    if (const auto written = tree_.write(path, text, access::open); !written) return written;
    done_.steps.push_back({std::string(path), placed});
    return {};
}

result<void> Certificates::authority() {
    const auto there = tree_.read(place::ca);
    if (!there) return there.error();
    const auto old_key = tree_.read(place::ca_key);
    if (!old_key) return old_key.error();
    if (*there && !*old_key) {
        return Error{
            "the authority's key is gone", tree_.at(place::ca_key).string(),
            "put it back from a backup; or remove ca.crt and give every sensor the new one"};
    }
    const auto made_key = key(place::ca_key, access::nobody);
    if (!made_key) return made_key.error();
    authority_.key = *made_key;
    if (*there) {
        authority_.certificate = **there;
        done_.steps.push_back({std::string(place::ca), Placed::unchanged});
    } else {
        const auto made = make_authority(authority_.key, "Anju " + setup_.id, setup_.host,
                                         from_now(options_.now, authority_lasts));
        if (!made) return made.error();
        authority_.certificate = *made;
        if (const auto put_it = put(place::ca, *made, Placed::made); !put_it) return put_it;
    }
    for (const std::string_view copy : {place::public_ca, place::broker_ca}) {
        const auto placed = tree_.place_text(copy, authority_.certificate, access::open, true);
        if (!placed) return placed.error();
        done_.steps.push_back({std::string(copy), *placed});
    }
    return {};
}

result<void> Certificates::issue(const ServerPlace& place, std::string_view key,
                                 const ServerNames& names, Placed placed) {
    Validity validity = from_now(options_.now, server_lasts);
    const auto issuer = look_at(authority_.certificate);
    if (!issuer) return issuer.error();
    validity.from = std::max(validity.from, issuer->validity.from);
    validity.until = std::min(validity.until, issuer->validity.until);
    const auto made = issue_server(authority_, key, names, validity);
    if (!made) return made.error();
    return put(place.certificate, *made, placed);
}

result<void> Certificates::server(const ServerPlace& place) {
    ServerNames names{setup_.host_names(), setup_.addresses};
    if (std::ranges::find(names.addresses, "127.0.0.1") == names.addresses.end()) {
        names.addresses.emplace_back("127.0.0.1");
    }
    const auto its_key = key(place.key, place.access);
    if (!its_key) return its_key.error();
    const auto there = tree_.read(place.certificate);
    if (!there) return there.error();
    if (!*there) return issue(place, *its_key, names, Placed::made);
    const auto facts = look_at(**there);
    const auto issuer = look_at(authority_.certificate);
    if (!issuer) return issuer.error();
    const std::string path(place.certificate);
    const Time now = sensible(options_.now);
    if (facts && facts->issuer != issuer->subject) {
        // Somebody has got a better one: from a public authority, for a name on the internet.
        done_.steps.push_back({path, Placed::kept});
        done_.remarks.push_back({"certificate_foreign", {path, day_of(facts->validity.until)}});
        return {};
    }
    // An authority that was made anew has the name of the one before it.
    const bool useless = !facts || !signed_by(**there, authority_.certificate) ||
                         !belongs_to(**there, *its_key) || facts->names != names;
    // Who sees it refuses it: there is nothing to be gained by waiting for --renew. Valid only
    // later is one that was made while the clock was ahead.
    const bool refused = facts && (now > facts->validity.until || now < facts->validity.from);
    const bool is_due = facts && now >= due(facts->validity);
    if (useless || refused || (is_due && options_.renew)) {
        return issue(place, *its_key, names, Placed::replaced);
    }
    done_.steps.push_back({path, Placed::unchanged});
    if (is_due) done_.remarks.push_back({"certificate_due", {path, day_of(facts->validity.until)}});
    return {};
}

result<void> Certificates::district() {
    const auto its_key = key(place::district_key, access::gateway);
    if (!its_key) return its_key.error();
    const std::string& name = setup_.district->username;
    const auto request = tree_.read(place::district_request);
    if (!request) return request.error();
    if (!*request) {
        const auto made = make_request(*its_key, name);
        if (!made) return made.error();
        if (const auto put_it = put(place::district_request, *made, Placed::made); !put_it) {
            return put_it;
        }
    }
    const auto there = tree_.read(place::district);
    if (!there) return there.error();
    if (!*there) {
        const auto made =
            make_placeholder(*its_key, name, from_now(options_.now, placeholder_lasts));
        if (!made) return made.error();
        if (const auto put_it = put(place::district, *made, Placed::made); !put_it) return put_it;
    } else {
        done_.steps.push_back({std::string(place::district), Placed::unchanged});
    }
    const auto facts = look_at(*there ? **there : "");
    if (!facts || facts->self_issued) {
        done_.remarks.push_back({"not_enrolled", {std::string(place::district_request)}});
    } else if (sensible(options_.now) >= due(facts->validity)) {
        done_.remarks.push_back(
            {"enrolment_due",
             {std::string(place::district_request), day_of(facts->validity.until)}});
    }
    return {};
}

}  // namespace anju::provision
