#include "firmware-sim/platform/page_server.hpp"

#include <fmt/format.h>

#include <random>
#include <utility>

#include "firmware-sim/net/proxy_run.hpp"
#include "http/form.hpp"
#include "http/router.hpp"
#include "http/server.hpp"

namespace anju::sim {

namespace {

constexpr auto policy =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";
constexpr std::chrono::milliseconds slow_button{2000};

std::string make_token() {
    std::random_device source;
    return fmt::format("{:08x}{:08x}{:08x}{:08x}", source(), source(), source(), source());
}

/// Another name that leads here would be somebody else's page in this browser (DNS rebinding).
bool is_ours(const std::string& host) {
    return host.starts_with("127.0.0.1:") || host.starts_with("localhost:") ||
           host.starts_with("[::1]:");
}

}  // namespace

struct PlatformPage::Impl {
    explicit Impl(Actions given) : actions(std::move(given)) {}

    http::Response show(const http::Request& request) {
        if (!is_ours(request.host)) return {421, "text/plain; charset=utf-8", "not this host\n"};
        auto view = actions.view();
        view.token = token;
        const auto language =
            http::form_value(request.query, "lang") == "en" ? PageLanguage::en : PageLanguage::zh;
        return {200,
                "text/html; charset=utf-8",
                platform_page(view, language),
                {{"Content-Security-Policy", policy}, {"Cache-Control", "no-store"}}};
    }

    /// A button: `act` gets the form and says whether it could be done.
    void add(std::string_view path, std::function<bool(const std::string& form)> act) {
        router.add("POST", path, [this, act = std::move(act)](const http::Request& request) {
            if (!is_ours(request.host) || http::form_value(request.body, "token") != token) {
                return http::Response{403, "text/plain; charset=utf-8",
                                      "load the page anew: this button is not from it\n"};
            }
            if (!act(request.body)) {
                return http::Response{
                    409, "text/plain; charset=utf-8",
                    "that alert does not wait any more, or the platform is out\n"};
            }
            const auto* back = http::form_value(request.body, "lang") == "en" ? "/?lang=en" : "/";
            return http::Response{303, "text/plain; charset=utf-8", "done\n", {{"Location", back}}};
        });
    }

    void add_routes() {
        router.add("GET", "/", [this](const http::Request& request) { return show(request); });
        router.add("GET", "/style.css", [](const http::Request&) {
            return http::Response{200, "text/css; charset=utf-8",
                                  std::string(platform_page_style())};
        });
        add("/outage", [this](const std::string&) { return actions.outage(), true; });
        add("/slow", [this](const std::string&) { return actions.slow(slow_button), true; });
        add("/heal", [this](const std::string&) { return actions.heal(), true; });
        add("/acknowledge", [this](const std::string& form) {
            return actions.acknowledge(http::form_value(form, "gateway"),
                                       http::form_value(form, "alert"));
        });
    }

    Actions actions;
    std::string token = make_token();
    http::Router router;
    std::unique_ptr<http::Server> server;
};

PlatformPage::PlatformPage(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PlatformPage::~PlatformPage() = default;

std::uint16_t PlatformPage::port() const {
    return impl_->server->port();
}

result<std::unique_ptr<PlatformPage>> PlatformPage::start(
    const std::string& listen, Actions actions,
    std::function<void(std::function<void()>)> hand_over) {
    const auto address = parse_host_port(listen);
    if (!address) return address.error();
    auto impl = std::make_unique<Impl>(std::move(actions));
    impl->add_routes();
    http::Server::Options options;
    options.address = address->first;
    options.port = address->second;
    options.hand_over = std::move(hand_over);
    impl->server = std::make_unique<http::Server>(std::move(options), impl->router);
    if (auto started = impl->server->start(); !started) return started.error();
    return std::unique_ptr<PlatformPage>(new PlatformPage(std::move(impl)));
}

}  // namespace anju::sim
