// Part run, whole: the run machine and its records. Header-only; see run/decide.hpp first.
#pragma once

#include "aesop/run/actor.hpp"         // IWYU pragma: export
#include "aesop/run/apply.hpp"         // IWYU pragma: export
#include "aesop/run/codec.hpp"         // IWYU pragma: export
#include "aesop/run/command.hpp"       // IWYU pragma: export
#include "aesop/run/command_json.hpp"  // IWYU pragma: export
#include "aesop/run/decide.hpp"        // IWYU pragma: export
#include "aesop/run/effects.hpp"       // IWYU pragma: export
#include "aesop/run/event.hpp"         // IWYU pragma: export
#include "aesop/run/facts.hpp"         // IWYU pragma: export
#include "aesop/run/gate.hpp"          // IWYU pragma: export
#include "aesop/run/operations.hpp"    // IWYU pragma: export
#include "aesop/run/projection.hpp"    // IWYU pragma: export
#include "aesop/run/state.hpp"         // IWYU pragma: export
#include "aesop/run/why.hpp"           // IWYU pragma: export
