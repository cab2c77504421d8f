"""What script/sbom says of a build. Without a build: its parts over texts as the tools write them.

    python3 tests/tidy/sbom_test.py
"""
import importlib.machinery
import importlib.util
import json
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
loader = importlib.machinery.SourceFileLoader("sbom", str(ROOT / "script/sbom"))
sbom = importlib.util.module_from_spec(importlib.util.spec_from_loader("sbom", loader))
loader.exec_module(sbom)

LDD = """\tlinux-vdso.so.1 (0x00007f0961970000)
\tlibssl.so.3 => /lib/x86_64-linux-gnu/libssl.so.3 (0x00007f0960e00000)
\t/lib64/ld-linux-x86-64.so.2 (0x00007f09618d7000)
"""


def locked(_name, needs=(), **more):
    return {"version": "1.0.0", "integrity": "sha512-AAAA", "license": "MIT",
            "dependencies": {one: "^1" for one in needs}, **more}


def lock(**packages):
    root = {"dependencies": {"vue": "1"}, "devDependencies": {"vite": "1"}}
    return {"packages": {"": root, **packages}}


class Linked(unittest.TestCase):
    def test_files_are_those_that_ldd_names(self):
        self.assertEqual(sbom.linked_files(LDD), {"/lib/x86_64-linux-gnu/libssl.so.3",
                                                  "/lib64/ld-linux-x86-64.so.2"})

    def test_a_library_that_lacks_is_trouble_and_no_gap(self):
        with self.assertRaisesRegex(sbom.Trouble, "libssl.so.3 => not found"):
            sbom.linked_files("\tlibssl.so.3 => not found\n")

    def test_a_licence_is_that_of_all_files_and_not_of_some(self):
        text = ("Format: https://d\n\nFiles: debian/*\nLicense: GPL-3\n\n"
                "Files: *\nLicense: ISC\n x\n")
        self.assertEqual(sbom.licences(text), ["ISC"])
        self.assertEqual(sbom.licences("This is prose.\n\nFiles: *\nLicense: ISC\n"), [])

    def test_versions_of_debian_are_encoded(self):
        self.assertEqual(sbom.purl("deb/debian", "libstdc++6", "1:2.0+b1~x", arch="arm64"),
                         "pkg:deb/debian/libstdc%2B%2B6@1%3A2.0%2Bb1~x?arch=arm64")


class CompiledIn(unittest.TestCase):
    FILES = {"libcli11-dev": ["/usr/include/CLI/CLI.hpp"],
             "libfmt-dev": ["/usr/include/fmt/core.h", "/usr/lib/a/libfmt.so"],
             "libgtest-dev": ["/usr/include/gtest/gtest.h", "/usr/lib/a/libgtest.a"],
             "libboost1.83-dev": ["/usr/include/boost/asio.hpp"]}

    def test_packages_are_those_with_headers_and_no_library(self):
        lines = [["g++"], ["libfmt-dev"], ["libcli11-dev"], ["libgtest-dev"],
                 ["libboost1.81-dev", "libboost1.83-dev", "libboost-dev"]]
        self.assertEqual(sbom.header_only(lines, self.FILES), ["libcli11-dev", "libboost1.83-dev"])

    def test_the_list_of_packages_is_read_by_section(self):
        text = "# a\n[build]\nlibx-dev|liby-dev\n\n[check]\nshellcheck\n"
        self.assertEqual(sbom.wanted_packages(text), [["libx-dev", "liby-dev"]])


class InTheConsole(unittest.TestCase):
    def test_what_only_builds_is_excluded_and_what_develops_is_not_there(self):
        found = sbom.npm_components(lock(**{
            "node_modules/vue": locked("vue", ["@vue/compiler-sfc", "@vue/shared"]),
            "node_modules/@vue/compiler-sfc": locked("sfc", ["postcss", "@vue/shared"]),
            "node_modules/@vue/shared": locked("shared"),
            "node_modules/postcss": locked("postcss"),
            "node_modules/vite": locked("vite")}))
        self.assertEqual({one["purl"]: one["scope"] for one in found}, {
            "pkg:npm/vue@1.0.0": "required", "pkg:npm/%40vue/shared@1.0.0": "required",
            "pkg:npm/%40vue/compiler-sfc@1.0.0": "excluded", "pkg:npm/postcss@1.0.0": "excluded"})

    def test_of_two_versions_each_is_found_where_node_finds_it(self):
        found = sbom.npm_components(lock(**{
            "node_modules/vue": locked("vue", ["shared"]),
            "node_modules/vue/node_modules/shared": locked("shared", version="2.0.0"),
            "node_modules/shared": locked("shared")}))
        self.assertEqual([one["purl"] for one in found],
                         ["pkg:npm/vue@1.0.0", "pkg:npm/shared@2.0.0"])

    def test_a_package_that_could_be_exchanged_unseen_is_trouble(self):
        with self.assertRaisesRegex(sbom.Trouble, "vue has no sha512"):
            sbom.npm_components(lock(**{"node_modules/vue": locked("vue", integrity="")}))

    def test_the_lock_file_of_the_console_is_understood(self):
        text = (ROOT / "gateway/console/package-lock.json").read_text(encoding="utf-8")
        names = {one["name"]: one for one in sbom.npm_components(json.loads(text))}
        self.assertEqual(names["vue"]["scope"], "required")
        self.assertEqual(len(names["vue"]["hashes"][0]["content"]), 128)
        self.assertNotIn("vite", names)
        self.assertNotIn("typescript", names)


class Document(unittest.TestCase):
    ONE = {"type": "library", "bom-ref": "b", "name": "b", "version": "1"}
    TWO = {"type": "library", "bom-ref": "a", "name": "a", "version": "1"}

    def test_is_the_same_whatever_order_things_were_found_in(self):
        when = "2026-01-01T00:00:00Z"
        there = sbom.document("1", when, [self.ONE, self.TWO], {"anju@1": {"b", "a"}})
        back = sbom.document("1", when, [self.TWO, self.ONE], {"anju@1": {"a", "b"}})
        self.assertEqual(json.dumps(there), json.dumps(back))
        other = sbom.document("1", "2026-01-01T00:00:00Z", [self.ONE], {})
        self.assertNotEqual(there["serialNumber"], other["serialNumber"])

    def test_that_names_something_twice_or_not_at_all_is_wrong(self):
        whole = sbom.document("1", None, [self.ONE, self.TWO], {"anju@1": {"a", "b"}})
        self.assertEqual(sbom.faults(whole), [])
        twice = sbom.document("1", None, [self.ONE, self.ONE], {})
        self.assertEqual(sbom.faults(twice), ["b is there twice"])
        dangling = sbom.document("1", None, [self.ONE], {"anju@1": {"c"}})
        self.assertEqual(sbom.faults(dangling), ["c is depended on and not listed"])
        nameless = sbom.document("1", None, [{**self.ONE, "version": ""}], {})
        self.assertEqual(sbom.faults(nameless), ["b has no version"])


if __name__ == "__main__":
    unittest.main()
