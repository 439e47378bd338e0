// How often this program has allocated; see allocations.cpp.
#pragma once

long allocation_count();
