#include "app/anjuctl/enrol.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "app/anjuctl/setup.hpp"
#include "app/anjuctl/setup_text.hpp"
#include "provision/enrolment.hpp"
#include "provision/places.hpp"
#include "system/system_clock.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

int refuse(const Error& error, Lang lang) {
    complain({error}, lang);
    return exit_refused;
}

result<std::string> content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    if (!file || !(out << file.rdbuf())) {
        return Error{"cannot read the file", path, "name a file of certificates (PEM)"};
    }
    return result<std::string>{boost::system::in_place_value, std::move(out).str()};
}

json::value as_json(const provision::Facts& facts, bool enrolled) {
    return {{"enrolled", enrolled},
            {"subject", facts.subject},
            {"issuer", facts.issuer},
            {"from", provision::day_of(facts.validity.from)},
            {"until", provision::day_of(facts.validity.until)},
            {"due", provision::day_of(provision::due(facts.validity))},
            {"fingerprint", facts.fingerprint}};
}

void show(const Globals& globals, const provision::Facts& facts, bool enrolled) {
    if (globals.json) return fmt::print("{}\n", json::serialize(as_json(facts, enrolled)));
    if (!enrolled) {
        return fmt::print(fmt::runtime(text::remark_not_enrolled.in(globals.lang)),
                          provision::place::district_request);
    }
    fmt::print(fmt::runtime(text::enrolled_as.in(globals.lang)), facts.subject, facts.issuer,
               provision::day_of(facts.validity.until),
               provision::day_of(provision::due(facts.validity)));
}

int import(const Globals& globals, const EnrolChoice& choice, const provision::Tree& tree) {
    const auto certificates = content(choice.certificate);
    if (!certificates) return refuse(certificates.error(), globals.lang);
    std::string authorities;
    if (!choice.authorities.empty()) {
        const auto text = content(choice.authorities);
        if (!text) return refuse(text.error(), globals.lang);
        authorities = *text;
    }
    const bool trusted = system::SystemClock().read().state == ClockState::synchronised;
    const auto taken =
        provision::import_certificate(tree, {*certificates, authorities, wall_time(), trusted});
    if (!taken) return refuse(taken.error(), globals.lang);
    show(globals, *taken, true);
    if (!globals.json) fmt::print("\n{}\n", text::restart_for_district.in(globals.lang));
    return exit_ok;
}

/// Of anju-renew.service, every week and when something comes: nothing is what it mostly finds.
int import_issued(const Globals& globals, const provision::Tree& tree) {
    const auto taken = provision::import_issued(tree, wall_time());
    if (!taken) return refuse(taken.error(), globals.lang);
    if (!*taken) return exit_ok;
    show(globals, **taken, true);
    if (!globals.json) fmt::print("\n");
    return exit_ok;
}

}  // namespace

int run_enrol(const Globals& globals, const EnrolChoice& choice) {
    const provision::Tree tree(choice.root);
    if (!choice.certificate.empty()) return import(globals, choice, tree);
    if (choice.issued) return import_issued(globals, tree);
    if (choice.new_key) {
        const auto request = provision::ask_anew(tree);
        if (!request) return refuse(request.error(), globals.lang);
        fmt::print("{}", *request);
        return exit_ok;
    }
    if (choice.request) {
        const auto request = tree.read(provision::place::district_request);
        if (!request) return refuse(request.error(), globals.lang);
        if (!*request) {
            return refuse({std::string(text::no_enrolment.in(globals.lang)), "",
                           std::string(text::switch_enrolment_on.in(globals.lang))},
                          globals.lang);
        }
        fmt::print("{}", **request);
        return exit_ok;
    }
    const auto state = provision::enrolment(tree);
    if (!state) return refuse(state.error(), globals.lang);
    if (!*state) {
        return refuse({std::string(text::no_enrolment.in(globals.lang)), "",
                       std::string(text::switch_enrolment_on.in(globals.lang))},
                      globals.lang);
    }
    show(globals, (*state)->facts, (*state)->enrolled);
    if (!globals.json) fmt::print("\n");
    return exit_ok;
}

}  // namespace anju::ctl
