// How often this program has allocated, and how much it holds; see allocations.cpp.
#pragma once

long allocation_count();

/// Bytes held now, and the most held since the last call of forget_peak().
long bytes_held();
long bytes_peak();
void forget_peak();
