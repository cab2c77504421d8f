#include "app/anjuctl/seal_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/anjuctl/seal_text.hpp"
#include "app/anjuctl/spoken.hpp"
#include "backup/backup.hpp"
#include "config/config.hpp"
#include "provision/tree.hpp"
#include "store/placing.hpp"
#include "store/sealing.hpp"
#include "vault/key_file.hpp"

namespace anju::ctl {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct Box {
    fs::path data_dir;
    fs::path key_file;
    std::shared_ptr<const vault::Keys> keys;
};

result<Box> box_of(const Globals& globals) {
    const auto config = config::load(globals.config);
    if (!config) return config.error().front();
    if (config->seal_key_file.empty()) {
        return Error{std::string(text::seal_none.in(globals.lang)), globals.config,
                     std::string(text::seal_none_do.in(globals.lang))};
    }
    const auto keys = vault::read_keys(config->seal_key_file);
    if (!keys) return keys.error();
    return Box{config->data_dir, config->seal_key_file, *keys};
}

constexpr std::array databases{"anju.db", "console.db"};

std::string all_ids(const vault::Keys& keys) {
    std::string out;
    for (const vault::KeyId id : keys.ids()) out += (out.empty() ? "" : ", ") + vault::text_of(id);
    return out;
}

int show_status(const Globals& globals) {
    const auto box = box_of(globals);
    if (!box) return refused(globals, box.error());
    std::string text =
        filled(text::seal_keys, globals.lang, box->key_file.string(), all_ids(*box->keys));
    json::object out{{"key_file", box->key_file.string()}};
    json::array ids;
    for (const vault::KeyId id : box->keys->ids()) ids.emplace_back(vault::text_of(id));
    out["keys"] = std::move(ids);
    for (const char* const name : databases) {
        if (!fs::exists(box->data_dir / name)) {
            text += filled(text::seal_absent, globals.lang, name);
            continue;
        }
        const auto is = store::look_at_sealing(box->data_dir / name);
        if (!is) return refused(globals, is.error());
        out[name] = json::object{{"sealed_with", is->all == 0 ? "" : vault::text_of(is->all)},
                                 {"sealing_with", is->begun == 0 ? "" : vault::text_of(is->begun)}};
        if (is->begun != 0) {
            text += filled(text::seal_begun, globals.lang, name, vault::text_of(is->begun));
        } else if (is->all != 0) {
            text += filled(text::seal_all, globals.lang, name, vault::text_of(is->all));
        } else {
            text += filled(text::seal_open, globals.lang, name);
        }
    }
    print(globals.json ? json::serialize(out) + "\n" : text);
    return exit_ok;
}

/// Whole or not at all, with mode and group as they were.
int write_keys(const Globals& globals, const Box& box, const result<std::string>& lines,
               const Text& done, bool id_first) {
    if (!lines) return refused(globals, lines.error());
    const provision::Tree tree("/");
    if (const auto put = tree.rewrite(fs::absolute(box.key_file).string(), *lines); !put) {
        return refused(globals, put.error());
    }
    const auto keys = vault::read_keys(box.key_file);
    if (!keys) return refused(globals, keys.error());
    const std::string id = vault::text_of((*keys)->current());
    const std::string file = box.key_file.string();
    if (globals.json) {
        print(json::serialize(json::object{{"key_file", file}, {"key", id}}) + "\n");
    } else {
        print(id_first ? filled(done, globals.lang, id, file)
                       : filled(done, globals.lang, file, id));
    }
    return exit_ok;
}

int rotate(const Globals& globals) {
    const auto box = box_of(globals);
    if (!box) return refused(globals, box.error());
    return write_keys(globals, *box, vault::with_new_key(box->key_file), text::seal_rotated, true);
}

/// What is in the quarantine may still have to be opened, by somebody who gets more out of it:
/// every database there that an older key of the ring opens, or that cannot say any more.
result<std::vector<fs::path>> set_aside_under_older_keys(const Box& box) {
    std::vector<fs::path> out;
    const fs::path folder = store::Files(box.data_dir).quarantine();
    std::error_code failed;
    if (!fs::exists(folder, failed) && !failed) return out;
    std::vector<fs::path> quarantines;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end;
         at.increment(failed)) {
        quarantines.push_back(at->path());
    }
    if (failed) return Error{failed.message(), folder.string(), "run as root"};
    std::ranges::sort(quarantines);
    const auto older = [&](vault::KeyId id) {
        return id != 0 && id != box.keys->current() && box.keys->has(id);
    };
    for (const fs::path& one : quarantines) {
        for (const char* const name : databases) {
            if (!fs::exists(one / name)) continue;
            const auto is = store::look_at_sealing(one / name);
            if (!is || older(is->all) || older(is->begun)) out.push_back(one / name);
        }
    }
    return out;
}

int retire(const Globals& globals) {
    const auto box = box_of(globals);
    if (!box) return refused(globals, box.error());
    for (const char* const name : databases) {
        if (!fs::exists(box->data_dir / name)) continue;
        const auto is = store::look_at_sealing(box->data_dir / name);
        if (!is) return refused(globals, is.error());
        if (is->all == box->keys->current() && is->begun == 0) continue;
        return refused(globals, {filled(text::seal_in_use, globals.lang, name),
                                 (box->data_dir / name).string(),
                                 std::string(text::seal_in_use_do.in(globals.lang))});
    }
    if (const store::Files files(box->data_dir);
        store::look_at_placing(files) != store::Placing::none) {
        return refused(globals, store::unfinished_restore(files));
    }
    const auto set_aside = set_aside_under_older_keys(*box);
    if (!set_aside) return refused(globals, set_aside.error());
    std::vector<Error> needed;
    for (const fs::path& file : *set_aside) {
        needed.push_back(
            {std::string(text::seal_set_aside.in(globals.lang)), file.string(),
             filled(text::seal_set_aside_do, globals.lang, file.parent_path().string())});
    }
    if (!needed.empty()) {
        complain(needed, globals.lang);
        return exit_refused;
    }
    const int code = write_keys(globals, *box, vault::with_current_key(box->key_file),
                                text::seal_retired, false);
    if (code != exit_ok || globals.json) return code;
    const std::size_t backups = backup::list({.data_dir = box->data_dir}).size();
    if (backups > 0) print(filled(text::seal_backups, globals.lang, backups));
    return code;
}

}  // namespace

void add_seal_commands(CLI::App& app, Lang lang, const Choose& choose) {
    CLI::App& group = *app.add_subcommand("seal", std::string(text::help_seal.in(lang)));
    group.require_subcommand(1);
    const auto add = [&](const char* name, const Text& help, int (*run)(const Globals&)) {
        group.add_subcommand(name, std::string(help.in(lang)))->callback([choose, run] {
            choose(run);
        });
    };
    add("status", text::help_seal_status, &show_status);
    add("rotate", text::help_seal_rotate, &rotate);
    add("retire", text::help_seal_retire, &retire);
}

}  // namespace anju::ctl
