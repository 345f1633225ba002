"""Reports side by side: years, agencies, ratios, outliers, ranks, heat tables (年报分析). Reads only."""
