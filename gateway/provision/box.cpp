#include "provision/box.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <span>
#include <sstream>

#include "provision/passwords.hpp"
#include "provision/places.hpp"
#include "provision/server_certificates.hpp"
#include "provision/templates.hpp"
#include "provision/written.hpp"
#include "vault/key_file.hpp"

namespace anju::provision {
namespace {

constexpr std::string_view anything = "*";  ///< of a run that was cut off

/// A text that follows from answers and templates alone.
struct Text {
    std::string_view path;
    std::string content;
    Access access;
    bool by_force = true;  ///< --replace writes it over what somebody has changed
};

result<std::string> broker_text(const Tree& tree, const config::Setup& setup,
                                const SetupOptions& options) {
    const std::array<Word, 6> words{{{"LISTEN", "127.0.0.1"},
                                     {"PORT", std::to_string(setup.port)},
                                     {"TLS_LISTEN", "0.0.0.0"},
                                     {"TLS_PORT", std::to_string(setup.tls_port)},
                                     {"ETC", std::string(place::broker_folder)},
                                     {"STATE", std::string(place::broker_state)}}};
    // The head of the template explains its words, which are filled in from here on.
    std::string out;
    for (const std::string_view name : {"home.conf", "home-tls.conf"}) {
        if (name == "home-tls.conf" && !setup.network) continue;
        const auto text = read_template(options.templates, name);
        if (!text) return text;
        const auto filled = fill(*text, words);
        if (!filled) return filled;
        out += *filled;
    }
    // Debian's main file, which includes ours, says where the state is kept; in an image without
    // the package it will.
    const auto main = tree.read(place::broker_main);
    if (!main) return main.error();
    const std::string assumed = "persistence_location " + std::string(place::broker_state) + "/\n";
    return result<std::string>{boost::system::in_place_value,
                               without_settings_of(out, main->value_or(assumed))};
}

result<std::vector<Text>> texts(const Tree& tree, const config::Setup& setup,
                                const SetupOptions& options) {
    const auto acl = read_template(options.templates, "home.acl");
    if (!acl) return acl.error();
    auto rights = with_drivers(*acl, setup.drivers);
    if (!rights) return rights.error();
    auto broker = broker_text(tree, setup, options);
    if (!broker) return broker.error();
    std::vector<Text> out;
    out.push_back({place::acl, std::move(*rights), access::broker});
    out.push_back({place::gateway, config::gateway_text(setup), access::gateway});
    // Last: the broker opens its listeners when everything they need is there.
    out.push_back({place::broker, std::move(*broker), access::open});
    return out;
}

class Work {
public:
    Work(const Tree& tree, const config::Setup& setup, const SetupOptions& options)
        : tree_(tree), setup_(setup), options_(options) {}

    result<SetupDone> run() {
        using Part = result<void> (Work::*)();
        constexpr std::array<Part, 10> all{
            &Work::look,         &Work::folders,  &Work::begin,        &Work::copies,
            &Work::passwords,    &Work::seal_key, &Work::certificates, &Work::write_texts,
            &Work::keep_answers, &Work::end};
        constexpr std::array<Part, 5> some{&Work::look, &Work::folders, &Work::begin,
                                           &Work::certificates, &Work::end};
        const std::span<const Part> parts =
            options_.certificates_only ? std::span<const Part>(some) : std::span<const Part>(all);
        for (const Part part : parts) {
            if (const auto done = (this->*part)(); !done) return done.error();
        }
        return std::move(done_);
    }

private:
    result<void> look() {
        const auto main = tree_.read(place::broker_main);
        if (!main) return main.error();
        if (*main && has_listener(**main)) {
            return Error{"opens listeners of its own", tree_.at(place::broker_main).string(),
                         "put Debian's file back: what is Anju's goes to conf.d/anju.conf"};
        }
        if (options_.now < earliest) done_.remarks.push_back({"clock_unset", {}});
        // Before anything is written: an answer that cannot be carried out leaves no traces.
        auto wanted = texts(tree_, setup_, options_);
        if (!wanted) return wanted.error();
        texts_ = std::move(*wanted);
        remember_earlier();
        return {};
    }

    /// What the answers that are kept led to: a text that is still so is nobody's own work. For
    /// boxes that were set up before digests were kept.
    void remember_earlier() {
        const auto kept = tree_.read(place::answers);
        if (!kept || !*kept) return;
        const auto answers = config::parse_setup(**kept, tree_.at(place::answers));
        if (!answers) return;
        if (auto made = texts(tree_, *answers, options_)) earlier_ = std::move(*made);
    }

    result<void> folders() {
        const std::pair<std::string_view, Access> all[] = {
            {"/etc/anju", access::gateways_folder},
            {"/etc/anju/ca", access::nobodys_folder},
            {"/etc/anju/tls", access::gateways_folder},
            {"/etc/mosquitto/conf.d", access::folder},
            {place::broker_folder, access::brokers_folder},
            {"/etc/mosquitto/anju/tls", access::brokers_folder},
        };
        for (const auto& [path, rights] : all) {
            if (const auto made = tree_.make_folder(path, rights); !made) return made;
        }
        auto held = lock(tree_);
        if (!held) return held.error();
        lock_ = std::move(*held);
        return {};
    }

    /// From here to end() services may lag behind their files.
    result<void> begin() {
        auto due = read_due(tree_);
        if (!due) return due.error();
        done_.due = std::move(*due);
        std::vector<std::string> meanwhile = done_.due;
        if (std::ranges::find(meanwhile, anything) == meanwhile.end()) {
            meanwhile.emplace_back(anything);
        }
        if (const auto put = write_due(tree_, meanwhile); !put) return put;
        auto written = WrittenTexts::read(tree_);
        if (!written) return written.error();
        written_ = std::move(*written);
        return {};
    }

    result<void> end() {
        for (const Step& step : done_.steps) {
            const bool changed = step.placed == Placed::made || step.placed == Placed::replaced;
            if (changed && std::ranges::find(done_.due, step.path) == done_.due.end()) {
                done_.due.push_back(step.path);
            }
        }
        return write_due(tree_, done_.due);
    }

    /// What the answers name, and what is read-only at the package.
    result<void> copies() {
        if (const auto& district = setup_.district) {
            if (const auto done = copy(district->ca_file, place::district_ca, access::open);
                !done) {
                return done;
            }
            const auto done =
                copy(district->password_file, place::district_password, access::gateway);
            if (!done) return done;
        }
        auto holidays = read_template(options_.templates, "holidays-cn.toml");
        // Without, it is reported that a year has no data; none is guessed.
        if (holidays) {
            texts_.insert(texts_.begin(),
                          {place::holidays, std::move(*holidays), access::gateway, false});
        }
        return {};
    }

    result<void> copy(const std::filesystem::path& from, std::string_view to, Access access) {
        if (from.empty()) return {};
        std::ifstream in(from, std::ios::binary);
        std::ostringstream content;
        if (!in || !(content << in.rdbuf())) {
            return Error{"cannot read the file", from.string(), "name another in the answers"};
        }
        return note(to, tree_.place_text(to, content.str(), access, options_.replace));
    }

    result<void> passwords() {
        const auto there = tree_.read(place::passwords);
        if (!there) return there.error();
        const std::string old = there->value_or("");
        PasswordFile file(old);
        if (const auto done = user(file, "anjud", place::home_password, access::gateway); !done) {
            return done;
        }
        if (setup_.zigbee2mqtt) {
            const auto done = user(file, "zigbee2mqtt", place::zigbee_password, access::nobody);
            if (!done) return done;
        } else {
            file.remove("zigbee2mqtt");
        }
        const std::string text = file.text();
        if (*there && text == old) return step(place::passwords, Placed::unchanged);
        if (const auto put = tree_.write(place::passwords, text, access::broker); !put) return put;
        return step(place::passwords, *there ? Placed::replaced : Placed::made);
    }

    /// Of names and addresses in the stores. One that is there stays: no other opens them. None
    /// where the configuration names another: one that lies about and opens nothing misleads.
    result<void> seal_key() {
        const auto there = tree_.read(place::seal_key);
        if (!there) return there.error();
        if (*there) return step(place::seal_key, Placed::unchanged);
        const auto config = tree_.read(place::gateway);
        if (!config) return config.error();
        const std::string text = config->value_or("");
        if (text.find("seal_key_file = \"") != std::string::npos &&
            text.find("seal_key_file = \"seal.key\"") == std::string::npos) {
            return {};
        }
        return note(place::seal_key,
                    tree_.place_secret(place::seal_key, vault::make_line(), access::gateway));
    }

    /// The secret that the user reads is the truth; the broker's hash follows it.
    result<void> user(PasswordFile& file, std::string_view name, std::string_view path,
                      Access access) {
        auto there = tree_.read(path);
        if (!there) return there.error();
        if (!*there) {
            *there = new_password() + "\n";
            const auto placed = tree_.place_secret(path, **there, access);
            if (!placed) return placed.error();
            if (const auto done = step(path, *placed); !done) return done;
        } else if (const auto done = step(path, Placed::unchanged); !done) {
            return done;
        }
        std::string secret = (*there)->substr(0, (*there)->find('\n'));
        if (secret.ends_with('\r')) secret.pop_back();
        if (secret.empty()) {
            return Error{"holds no password on its first line", tree_.at(path).string(),
                         "remove the file; a new one is made"};
        }
        if (matches(file.hash_of(name), secret)) return {};
        const auto hash = hashed(secret);
        if (!hash) return hash.error();
        file.set(name, *hash);
        return {};
    }

    result<void> certificates() {
        Certificates all(tree_, setup_, options_, done_);
        if (const auto done = all.authority(); !done) return done;
        if (setup_.network) {
            const auto done =
                all.server({place::broker_key, place::broker_certificate, access::broker});
            if (!done) return done;
        }
        if (setup_.console && setup_.console_network) {
            const auto done = all.server({place::web_key, place::web, access::gateway});
            if (!done) return done;
        }
        if (setup_.district && setup_.district->certificate) return all.district();
        return {};
    }

    result<void> write_texts() {
        std::vector<bool> replace;
        for (const Text& text : texts_) {
            const auto there = tree_.read(text.path);
            if (!there) return there.error();
            const bool ours = *there && untouched(text.path, **there);
            replace.push_back(ours || (options_.replace && text.by_force));
            if (ours) written_.announce(text.path, **there);
            if (!*there || replace.back()) written_.announce(text.path, text.content);
        }
        if (const auto saved = written_.save(tree_); !saved) return saved;
        for (std::size_t i = 0; i < texts_.size(); ++i) {
            const Text& text = texts_[i];
            const auto placed = tree_.place_text(text.path, text.content, text.access, replace[i]);
            if (const auto done = note(text.path, placed); !done) return done;
            if (*placed != Placed::kept) written_.settle(text.path, text.content);
        }
        return written_.save(tree_);
    }

    [[nodiscard]] bool untouched(std::string_view path, const std::string& there) const {
        return written_.wrote(path, there) || std::ranges::any_of(earlier_, [&](const Text& made) {
                   return made.path == path && made.content == there;
               });
    }

    result<void> keep_answers() {
        const std::string text = config::setup_text(setup_);
        const auto there = tree_.read(place::answers);
        if (!there) return there.error();
        if (*there && **there == text) return step(place::answers, Placed::unchanged);
        const auto put = tree_.write(place::answers, text, access::gateway);
        if (!put) return put;
        return step(place::answers, *there ? Placed::replaced : Placed::made);
    }

    result<void> note(std::string_view path, const result<Placed>& placed) {
        if (!placed) return placed.error();
        if (*placed == Placed::kept) done_.remarks.push_back({"text_kept", {std::string(path)}});
        return step(path, *placed);
    }

    result<void> step(std::string_view path, Placed placed) {
        done_.steps.push_back({std::string(path), placed});
        return {};
    }

    const Tree& tree_;
    const config::Setup& setup_;
    const SetupOptions& options_;
    SetupDone done_;
    Lock lock_;
    WrittenTexts written_;
    std::vector<Text> texts_;
    std::vector<Text> earlier_;
};

}  // namespace

bool SetupDone::changed(std::string_view folder) const {
    return std::ranges::any_of(steps, [folder](const Step& step) {
        return step.path.starts_with(folder) &&
               (step.placed == Placed::made || step.placed == Placed::replaced);
    });
}

bool is_due(const std::vector<std::string>& due, std::string_view folder) {
    return std::ranges::any_of(due, [folder](const std::string& path) {
        return path == anything || path.starts_with(folder);
    });
}

result<std::vector<std::string>> services_due(const Tree& tree) {
    return read_due(tree);
}

result<void> services_told(const Tree& tree) {
    return write_due(tree, {});
}

result<SetupDone> set_up(const Tree& tree, const config::Setup& setup,
                         const SetupOptions& options) {
    return Work(tree, setup, options).run();
}

std::string day_of(Time time) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
    const auto two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return std::to_string(static_cast<int>(day.year())) + "-" +
           two(static_cast<unsigned>(day.month())) + "-" + two(static_cast<unsigned>(day.day()));
}

}  // namespace anju::provision
