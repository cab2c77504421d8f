#include "app/anjuctl/backup_line.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>

#include "app/anjuctl/backup_text.hpp"
#include "app/anjuctl/field.hpp"
#include "app/anjuctl/not_restored.hpp"
#include "app/anjuctl/secret_input.hpp"
#include "app/anjuctl/spoken.hpp"
#include "backup/erase.hpp"
#include "backup/restore.hpp"
#include "config/config.hpp"
#include "provision/places.hpp"
#include "store/files.hpp"
#include "store/lock_file.hpp"
#include "system/secrets.hpp"
#include "vault/key_file.hpp"

namespace anju::ctl {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct Said {
    std::string file;
    std::string code_file;
    std::string import;
    std::string data_dir;
    std::string broker_dir = backup::Places{}.broker.string();
    std::string gateway_id;
    std::string seal_key;
    std::string root = "/";
    std::size_t keep = 3;
    bool replace = false;
    bool stores_only = false;
};

Instant wall_clock() {
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

std::string local_text(Instant at, std::chrono::minutes offset) {
    return fmt::format("{:%F %T}", std::chrono::floor<std::chrono::seconds>(at + offset));
}

struct Box {
    backup::Places places;
    std::string gateway_id;
    std::chrono::minutes utc_offset{8 * 60};
};

/// As the configuration says, where there is one: a new board has none yet.
result<Box> box_of(const Globals& globals, const Said& said) {
    Box out;
    out.places.config = fs::absolute(globals.config).parent_path();
    out.places.broker = said.broker_dir;
    if (fs::exists(globals.config)) {
        const auto config = config::load(globals.config);
        if (!config) return config.error().front();
        out.places.data_dir = config->data_dir;
        out.places.seal_key = config->seal_key_file;
        out.gateway_id = config->gateway_id;
        out.utc_offset = config->utc_offset;
    }
    if (!said.data_dir.empty()) out.places.data_dir = said.data_dir;
    if (!said.seal_key.empty()) out.places.seal_key = fs::absolute(said.seal_key);
    return out;
}

fs::path key_file_of(const Box& box) {
    return box.places.config / "backup.pub";
}

result<backup::SecretKey> secret_key(const Globals& globals, const Said& said) {
    if (!said.code_file.empty()) {
        const auto code = system::read_secret(said.code_file);
        if (!code) return code.error();
        return backup::key_of(*code);
    }
    const std::string code = ask_secret(text::ask_code.in(globals.lang));
    if (!code.empty()) return backup::key_of(code);
    return Error{std::string(text::no_code.in(globals.lang)),
                 {},
                 std::string(text::give_code_file.in(globals.lang))};
}

int make_key(const Globals& globals, const Said& said) {
    const auto box = box_of(globals, said);
    if (!box) return refused(globals, box.error());
    const fs::path file = key_file_of(*box);
    if (fs::exists(file) && !said.replace) {
        return refused(globals, {std::string(text::key_exists.in(globals.lang)), file.string(),
                                 std::string(text::key_exists_do.in(globals.lang))});
    }
    std::string code;
    backup::PublicKey key;
    if (said.import.empty()) {
        code = backup::make_recovery_code();
        key = backup::key_of(code).value().open;
    } else {
        const auto given = backup::read_public_key(said.import);
        if (!given) return refused(globals, given.error());
        key = *given;
    }
    if (const auto written = backup::write_public_key(file, key); !written) {
        return refused(globals, written.error());
    }
    const std::string mark = backup::fingerprint(key);
    if (globals.json) {
        print(
            json::serialize(json::object{{"file", file.string()}, {"mark", mark}, {"code", code}}) +
            "\n");
    } else if (code.empty()) {
        print(filled(text::key_taken, globals.lang, mark, file.string()));
    } else {
        print(filled(text::new_code, globals.lang, code, mark, file.string()));
    }
    return exit_ok;
}

int make_backup(const Globals& globals, const Said& said) {
    const auto box = box_of(globals, said);
    if (!box) return refused(globals, box.error());
    const auto key = backup::read_public_key(key_file_of(*box));
    if (!key) return refused(globals, key.error());
    const bool nightly = said.file.empty();
    backup::Manifest about;
    about.gateway_id = box->gateway_id;
    about.version = ANJU_VERSION;
    about.made_at = wall_clock();
    const fs::path into =
        nightly ? backup::nightly_name(box->places, about.made_at) : fs::absolute(said.file);
    const auto made = backup::create(box->places, *key, into, about);
    if (!made) return refused(globals, made.error());
    if (nightly) backup::prune(box->places, said.keep);
    if (globals.json) {
        json::array left;
        for (const std::string& file : made->left_out) left.emplace_back(file);
        print(json::serialize(json::object{{"file", made->file.string()},
                                           {"bytes", made->bytes},
                                           {"epoch", made->manifest.epoch},
                                           {"left_out", std::move(left)}}) +
              "\n");
        return exit_ok;
    }
    print(filled(text::backup_made, globals.lang, made->file.string(),
                 static_cast<double>(made->bytes) / 1e6));
    for (const std::string& file : made->left_out) {
        print(filled(text::backup_left_out, globals.lang, file));
    }
    if (!made->left_out.empty()) print(std::string(text::backup_left_out_do.in(globals.lang)));
    return exit_ok;
}

int list_backups(const Globals& globals, const Said& said) {
    const auto box = box_of(globals, said);
    if (!box) return refused(globals, box.error());
    json::array all;
    std::string text;
    for (const fs::path& file : backup::list(box->places)) {
        std::error_code failed;
        const auto bytes = fs::file_size(file, failed);
        all.push_back(json::object{{"file", file.string()}, {"bytes", failed ? 0 : bytes}});
        text += fmt::format("{}  {:.1f} MB\n", file.string(), static_cast<double>(bytes) / 1e6);
    }
    print(globals.json ? json::serialize(json::object{{"backups", std::move(all)}}) + "\n" : text);
    return exit_ok;
}

int verify_backup(const Globals& globals, const Said& said) {
    const auto box = box_of(globals, said);
    if (!box) return refused(globals, box.error());
    const auto key = secret_key(globals, said);
    if (!key) return refused(globals, key.error());
    // Not beside the file: a stick has no rights, and keeps what was deleted.
    const fs::path work = fs::temp_directory_path() / fmt::format("anju-verify-{}", ::getpid());
    const auto about = backup::verify(said.file, *key, work);
    if (!about) return refused(globals, about.error());
    print(globals.json ? json::serialize(json::object{{"gateway_id", about->gateway_id},
                                                      {"made_at", to_unix_ms(about->made_at)},
                                                      {"epoch", about->epoch}}) +
                             "\n"
                       : filled(text::backup_fine, globals.lang, said.file, about->gateway_id,
                                local_text(about->made_at, box->utc_offset), about->epoch));
    return exit_ok;
}

/// The restored box looks for its stores where its configuration says, unless that one stays away.
result<void> use_restored_data_dir(const Globals& globals, const Said& said,
                                   const backup::SecretKey& key, Box& box) {
    const bool comes = !said.stores_only && (said.replace || !fs::exists(globals.config));
    if (!comes || !said.data_dir.empty()) return {};
    const fs::path work = fs::temp_directory_path() / fmt::format("anju-restore-{}", ::getpid());
    const auto toml =
        backup::config_in(said.file, key, fs::path(globals.config).filename().string(), work);
    if (!toml) return toml.error();
    auto dir = config::data_dir_in(*toml, box.places.config);
    if (!dir) return dir.error();
    *dir = dir->lexically_normal();
    std::error_code none;
    if (*dir != config::Config{}.data_dir && !fs::is_directory(*dir, none)) {
        // Made here it would be root's, and below the disk that is mounted there one day.
        return Error{"the data folder of the configuration in the backup is not there",
                     dir->string(),
                     "mount its disk, or make it: install -d -o anju -g anju -m 750 " +
                         dir->string() + "; --data-dir names another"};
    }
    box.places.data_dir = std::move(*dir);
    return {};
}

int restore_backup(const Globals& globals, const Said& said) {
    auto box = box_of(globals, said);
    if (!box) return refused(globals, box.error());
    const auto key = secret_key(globals, said);
    if (!key) return refused(globals, key.error());
    const fs::path before_dir = box->places.data_dir;
    if (const auto known = use_restored_data_dir(globals, said, *key, *box); !known) {
        return refused(globals, known.error());
    }
    // Another folder than before: the gateway must not run there either, and what is there stays.
    const store::Files before(before_dir);
    const bool moves = before_dir != box->places.data_dir && fs::exists(before.database());
    std::optional<store::LockFile> lock;
    if (moves) {
        auto held = store::LockFile::acquire(before.lock());
        if (!held) return refused(globals, held.error());
        lock.emplace(std::move(*held));
    }
    const backup::RestoreOptions options{box->places, said.replace, said.stores_only};
    const auto done =
        backup::restore(said.file, *key, options, wall_clock(), std::random_device{}());
    if (!done) return not_restored(globals, done.error(), box->places.data_dir);
    const auto texts = [](const std::vector<fs::path>& files) {
        json::array out;
        for (const fs::path& file : files) out.emplace_back(file.string());
        return out;
    };
    if (globals.json) {
        print(json::serialize(json::object{{"gateway_id", done->manifest.gateway_id},
                                           {"epoch", done->epoch},
                                           {"owed", done->owed},
                                           {"data_dir", box->places.data_dir.string()},
                                           {"files", texts(done->files)},
                                           {"old", texts(done->old)},
                                           {"left", moves ? before.folder.string() : ""},
                                           {"kept", texts(done->kept)}}) +
              "\n");
        return exit_ok;
    }
    print(filled(text::restored, globals.lang, done->manifest.gateway_id,
                 local_text(done->manifest.engine_time, box->utc_offset), done->epoch, done->owed));
    for (const fs::path& file : done->kept) {
        print(filled(text::restored_kept, globals.lang, file.string()));
    }
    for (const fs::path& file : done->old) {
        print(filled(text::restored_old, globals.lang, file.string()));
    }
    if (moves) print(filled(text::restored_left, globals.lang, before.folder.string()));
    for (const std::string& note : done->notes) print(note + "\n");
    print(std::string(text::restored_next.in(globals.lang)));
    return exit_ok;
}

/// The key alone: what the box has committed since the backup stays.
int take_key(const Globals& globals, const Said& said) {
    const auto box = box_of(globals, said);
    if (!box) return refused(globals, box.error());
    const auto code = secret_key(globals, said);
    if (!code) return refused(globals, code.error());
    const fs::path work = fs::temp_directory_path() / fmt::format("anju-key-{}", ::getpid());
    const auto lines = backup::key_in(said.file, *code, work);
    if (!lines) return refused(globals, lines.error());
    const std::string to =
        (box->places.seal_key.empty() ? box->places.config / "seal.key" : box->places.seal_key)
            .string();
    const provision::Tree tree("/");
    const auto there = tree.read(to);
    if (!there) return refused(globals, there.error());
    // Behind one that is here: that one seals what comes from now on.
    result<std::string> both{boost::system::in_place_value, *lines};
    if (*there) {
        both = vault::with_lines(to, *lines);
        if (!both) return refused(globals, both.error());
        const auto held = vault::read_keys(to);
        const auto after = static_cast<std::size_t>(std::ranges::count(*both, '\n'));
        if (held && after == (*held)->ids().size())
            return refused(globals, {std::string(text::key_is_there.in(globals.lang)), to, ""});
    }
    const auto put =
        *there ? tree.rewrite(to, *both) : tree.write(to, *both, provision::access::gateway);
    if (!put) return refused(globals, put.error());
    print(globals.json ? json::serialize(json::object{{"key_file", to}}) + "\n"
                       : filled(text::key_taken_out, globals.lang, to));
    return exit_ok;
}

int factory_reset(const Globals& globals, const Said& said) {
    const auto box = box_of(globals, said);
    if (!box) return refused(globals, box.error());
    if (box->gateway_id.empty() || said.gateway_id != box->gateway_id) {
        return refused(globals, {std::string(text::reset_wrong.in(globals.lang)), said.gateway_id,
                                 globals.config});
    }
    const auto erased = backup::erase_box(box->places, backup::outside_below(said.root));
    if (!erased) return refused(globals, erased.error());
    print(globals.json ? json::serialize(json::object{{"files", *erased}}) + "\n"
                       : filled(text::reset_done, globals.lang, *erased));
    return exit_ok;
}

class BackupLine {
public:
    BackupLine(CLI::App& app, Lang lang, Choose choose)
        : app_(app), lang_(lang), choose_(std::move(choose)) {}

    void add() {
        CLI::App& group = *app_.add_subcommand("backup", say(text::help_backup));
        group.require_subcommand(1);
        Command key = command(group, "key", text::help_backup_key, &make_key);
        key.app->add_option("--import", key.said->import, say(text::help_key_import))
            ->type_name("FILE");
        key.app->add_flag("--replace", key.said->replace, say(text::help_key_replace));

        Command create = command(group, "create", text::help_backup_create, &make_backup);
        create.app->add_option("FILE", create.said->file, say(text::help_backup_create));
        create.app->add_option("--keep", create.said->keep, say(text::help_backup_keep))
            ->check(CLI::Range(1, 365));

        command(group, "list", text::help_backup_list, &list_backups);
        reads(command(group, "verify", text::help_backup_verify, &verify_backup));
        const Command restore =
            command(group, "restore", text::help_backup_restore, &restore_backup);
        reads(restore);
        restore.app->add_flag("--replace", restore.said->replace, say(text::help_restore_replace));
        restore.app->add_flag("--stores-only", restore.said->stores_only,
                              say(text::help_stores_only));

        reads(command(group, "take-key", text::help_backup_take_key, &take_key));

        const Command reset = command(app_, "factory-reset", text::help_reset, &factory_reset);
        reset.app->add_option("--erase", reset.said->gateway_id, say(text::help_reset_id))
            ->required()
            ->type_name("ID");
        reset.app->add_option("--root", reset.said->root, say(text::help_reset_root))
            ->type_name("DIR");
    }

private:
    struct Command {
        CLI::App* app;
        std::shared_ptr<Said> said = std::make_shared<Said>();
    };

    [[nodiscard]] std::string say(const Text& text) const { return std::string(text.in(lang_)); }

    Command command(CLI::App& parent, const std::string& name, const Text& help,
                    int (*run)(const Globals&, const Said&)) const {
        Command out{parent.add_subcommand(name, say(help))};
        out.app->add_option("--data-dir", out.said->data_dir, say(text::help_data_dir))
            ->type_name("PATH");
        out.app->add_option("--broker-dir", out.said->broker_dir, say(text::help_broker_dir))
            ->type_name("PATH");
        out.app->add_option("--seal-key", out.said->seal_key, say(text::help_seal_key))
            ->type_name("FILE");
        out.app->callback([choose = choose_, said = out.said, run] {
            choose([said, run](const Globals& globals) { return run(globals, *said); });
        });
        return out;
    }

    void reads(const Command& command) const {
        command.app->add_option("FILE", command.said->file, say(text::help_file))->required();
        command.app->add_option("--code-file", command.said->code_file, say(text::help_code_file))
            ->type_name("FILE");
    }

    CLI::App& app_;
    Lang lang_;
    Choose choose_;
};

}  // namespace

void add_backup_commands(CLI::App& app, Lang lang, const Choose& choose) {
    BackupLine(app, lang, choose).add();
}

}  // namespace anju::ctl
