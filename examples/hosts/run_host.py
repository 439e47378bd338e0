#!/usr/bin/env python3
"""Builds the programs of one language in this folder and runs them; each must print what is in gate.output, send_claim.output.

    run_host.py LANGUAGE --library DIR [--built DIR]      csharp, pascal, java, c; cpp: its programs are in --built

send_claim runs three times on one store: killed in the middle by itself, again, and once more; and on a store of its own, where
what it prints is the same as after the kill. One expected output for all languages: they behave alike. With a binding goes its
test, tests/bindings/LANGUAGE; what that prints is in check.output. Exit code 77, with the reason, where a tool is missing.
"""
import argparse
import glob
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BINDINGS = HERE.parent.parent / "bindings"
CHECKS = HERE.parent.parent / "tests/bindings"
SOP = HERE.parent / "dso/billing_claims.sop.json"
JARS = ["/usr/share/java/jna.jar", "/usr/share/java/gson.jar"]
# What each language needs: programs and files, with the Debian package that has them.
NEEDS = {
    "c": {"cc": "gcc"},
    "cpp": {},
    "csharp": {"mcs": "mono-mcs", "mono": "mono-runtime",
               "/usr/lib/mono/4.5/System.Runtime.Serialization.dll": "libmono-system-runtime-serialization4.0-cil"},
    "pascal": {"fpc": "fp-compiler-3.2.2", "/usr/lib/*/fpc/*/units/*/fcl-json": "fp-units-fcl-3.2.2"},
    "java": {"javac": "default-jdk-headless", "java": "default-jdk-headless", JARS[0]: "libjna-java",
             JARS[1]: "libgoogle-gson-java"},
}


def missing(language):
    for what, package in NEEDS[language].items():
        if not (glob.glob(what) if what.startswith("/") else shutil.which(what)):
            return f"{what} is missing (Debian: {package})"
    return None


def run(command, environment, expect=0):
    done = subprocess.run([str(word) for word in command], env=environment, capture_output=True, text=True, encoding="utf-8",
                          stdin=subprocess.DEVNULL)
    if done.returncode != expect:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}, not {expect}:\n{done.stdout}{done.stderr}")
    return done.stdout


def sources(language, pattern):
    return sorted((BINDINGS / language).glob(pattern))


def build_c(folder, library, environment):
    run(["cc", "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-I{BINDINGS.parent / 'capi/include'}", "-o",
         folder / "gate", HERE / "c/gate.c", f"-L{library}", "-laesop"], environment)
    return {"gate": [folder / "gate"]}


def build_csharp(folder, library, environment):
    for source in (HERE / "csharp/Gate.cs", HERE / "csharp/SendClaim.cs", CHECKS / "csharp/Check.cs"):
        run(["mcs", "-langversion:7", "-warnaserror", "-warn:4", "-r:System.Runtime.Serialization", "-r:System.Xml",
             f"-out:{folder / source.stem}.exe", *sources("csharp", "*.cs"), source], environment)
    return {"gate": ["mono", folder / "Gate.exe"], "send_claim": ["mono", folder / "SendClaim.exe"],
            "check": ["mono", folder / "Check.exe"]}


def build_pascal(folder, library, environment):
    for source in (HERE / "pascal/gate.pas", HERE / "pascal/send_claim.pas", CHECKS / "pascal/check.pas"):
        run(["fpc", "-v0ewn", "-Sew", f"-FU{folder}", f"-FE{folder}", f"-Fu{BINDINGS / 'pascal'}", f"-Fl{library}",
             source], environment)
    return {name: [folder / name] for name in ("gate", "send_claim", "check")}


def build_java(folder, library, environment):
    run(["javac", "--release", "11", "-Xlint:all", "-Werror", "-encoding", "UTF-8", "-d", folder, "-cp", ":".join(JARS),
         *sources("java", "src/aesop/*.java"), *sorted((HERE / "java").glob("*.java")), CHECKS / "java/Check.java"],
        environment)
    java = ["java", "-cp", ":".join([*JARS, str(folder)])]
    return {"gate": [*java, "GateExample"], "send_claim": [*java, "SendClaim"], "check": [*java, "Check"]}


def compare(name, actual, where=HERE):
    expected = (where / f"{name}.output").read_text(encoding="utf-8")
    if actual != expected:
        sys.exit(f"{name} printed something else than {name}.output:\n{actual}")


def send_claim(program, folder, environment):
    """The transcript of three runs on one store; the first dies by its own hand, and the log of the others does not show it."""
    store = folder / "office.db"
    killed = run([*program, store, HERE.parent, "--kill"], environment, expect=-9)
    again = run([*program, store, HERE.parent], environment)
    more = run([*program, store, HERE.parent], environment)
    never = run([*program, folder / "calm.db", HERE.parent], environment)
    if never != again:
        sys.exit(f"a store where nobody was killed is another one:\n{never}")
    return f"--- killed while it sends\n{killed}--- started again\n{again}--- and once more\n{more}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language", choices=sorted(NEEDS))
    parser.add_argument("--library", type=pathlib.Path, help="the folder with libaesop.so")
    parser.add_argument("--built", type=pathlib.Path, help="the folder with the C++ programs")
    arguments = parser.parse_args()
    language = arguments.language
    reason = missing(language)
    if reason:
        print(f"skipped: {reason}")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": name, "LC_ALL": "C.UTF-8",
                       "LD_LIBRARY_PATH": str(arguments.library)}
        if language == "cpp":
            programs = {one: [arguments.built / f"aesop_host_{one}"] for one in ("gate", "send_claim")}
        else:
            programs = globals()[f"build_{language}"](folder, arguments.library, environment)
        compare("gate", run([*programs["gate"], SOP], environment))
        if "send_claim" in programs:
            compare("send_claim", send_claim(programs["send_claim"], folder, environment))
        if "check" in programs:
            compare("check", run([*programs["check"], folder, CHECKS / "check.sop.json"], environment), CHECKS)
    print(f"{language}: " + ", ".join(sorted(programs)) + " as expected")


if __name__ == "__main__":
    main()
