// Everything a host needs: the header-only core and the engine of the compiled library (aesop::aesop).
// #include <aesop/core.hpp> alone needs no library at all.
#pragma once

#include "aesop/core.hpp"
#include "aesop/engine/engine.hpp"
#include "aesop/engine/gate.hpp"
#include "aesop/engine/rule.hpp"
