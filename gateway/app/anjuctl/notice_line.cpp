#include "app/anjuctl/notice_line.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "app/anjuctl/field.hpp"
#include "app/anjuctl/notice_text.hpp"
#include "app/anjuctl/views_notices.hpp"
#include "control/methods.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;
namespace method = control::method;
using namespace std::chrono_literals;

constexpr auto poll_every = 100ms;
/// A service is given 15 s, a modem longer.
constexpr std::chrono::milliseconds least_patience = 60s;

bool is_final(const json::value& result) {
    const std::string state = field(member(result, "notice"), "state");
    return state != "waiting" && state != "sending";
}

/// Sends a test and waits for what becomes of it. Refused unless the service took it.
int test_channel(const Globals& globals, const std::string& channel, const std::string& address) {
    json::object params{{"channel", channel}};
    if (!address.empty()) params["address"] = address;
    const control::Outcome begun = fetch(globals, method::notices_test, std::move(params));
    if (begun.kind != control::Outcome::Kind::ok) return fail(begun, globals.lang);
    const auto until = std::chrono::steady_clock::now() + std::max(globals.timeout, least_patience);
    control::Outcome shown;
    do {
        std::this_thread::sleep_for(poll_every);
        shown = fetch(globals, method::notices_show, {{"id", number(begun.result, "id")}});
        if (shown.kind != control::Outcome::Kind::ok) return fail(shown, globals.lang);
    } while (!is_final(shown.result) && std::chrono::steady_clock::now() < until);
    const std::string state = field(member(shown.result, "notice"), "state");
    const bool taken = state == "sent" || state == "delivered";
    const std::string out =
        globals.json ? json::serialize(shown.result) + "\n" : show_test(shown.result, globals.lang);
    std::fwrite(out.data(), 1, out.size(), taken || globals.json ? stdout : stderr);
    return taken ? exit_ok : exit_refused;
}

}  // namespace

void add_notice_commands(CLI::App& app, Lang lang, const Choose& choose) {
    const auto command = [lang](CLI::App& parent, const std::string& name, const Text& help) {
        return parent.add_subcommand(name, std::string(help.in(lang)));
    };
    const auto say = [lang](const Text& text) { return std::string(text.in(lang)); };
    CLI::App& notices = *command(app, "notices", text::help_notices);
    notices.require_subcommand(1);

    CLI::App* const list = command(notices, "list", text::help_notices_list);
    const auto limit = std::make_shared<std::uint64_t>(control::default_rows);
    list->add_option("--limit", *limit, say(text::help_limit))
        ->check(CLI::Range(std::uint64_t{1}, control::max_rows));
    list->callback([choose, limit] {
        choose([limit](const Globals& globals) {
            return ask(globals, method::notices_list, {{"limit", *limit}}, &show_notices);
        });
    });

    CLI::App* const show = command(notices, "show", text::help_notices_show);
    const auto id = std::make_shared<std::uint64_t>(0);
    show->add_option("ID", *id, say(text::help_id))->required();
    show->callback([choose, id] {
        choose([id](const Globals& globals) {
            return ask(globals, method::notices_show, {{"id", *id}}, &show_notice);
        });
    });

    CLI::App* const test = command(notices, "test", text::help_notices_test);
    const auto channel = std::make_shared<std::string>();
    const auto address = std::make_shared<std::string>();
    test->add_option("CHANNEL", *channel, say(text::help_channel))->required();
    test->add_option("ADDRESS", *address, say(text::help_test_address));
    test->callback([choose, channel, address] {
        choose([channel, address](const Globals& globals) {
            return test_channel(globals, *channel, *address);
        });
    });
}

}  // namespace anju::ctl
