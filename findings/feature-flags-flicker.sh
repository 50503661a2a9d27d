#!/usr/bin/env bash
# Software: Microsoft.FeatureManagement 4.7.0 (NuGet).
# Expected: a flag for half of the users is the same for one user from one call to the next; settings that make no sense are an error.
# Happens:  the percentage filter draws lots at each call: in one request a feature is on for the menu and off for the page behind it. A percentage without a value and an
#           empty list of filters are off, and so are the values 1 and "yes", without an error; a filter that is misspelt is one. When both forms of the settings have a
#           flag, the older one is not read.
# Matters:  a rollout to 10 % looks like a fault that comes and goes, for everybody.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > flags.cs <<'E'
#:package Microsoft.FeatureManagement@4.7.0
#:package Microsoft.Extensions.Configuration.Json@10.0.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
foreach (var settings in new[]
{
    """{"FeatureManagement": {"Map": true}}""", """{"FeatureManagement": {"Map": 1}}""", """{"FeatureManagement": {"Map": "yes"}}""",
    """{"FeatureManagement": {"Map": {"EnabledFor": []}}}""", """{"FeatureManagement": {"Map": {"EnabledFor": [{"Name": "Percentage"}]}}}""",
    """{"FeatureManagement": {"Map": {"EnabledFor": [{"Name": "Percentage", "Parameters": {"Value": 50}}]}}}""",
    """{"FeatureManagement": {"Map": {"EnabledFor": [{"Name": "Percent", "Parameters": {"Value": 50}}]}}}""",
    """{"FeatureManagement": {"Map": true}, "feature_management": {"feature_flags": [{"id": "Map", "enabled": false}]}}""",
})
{
    var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(settings))).Build();
    var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
    services.AddFeatureManagement();
    await using var provider = services.BuildServiceProvider();
    var manager = provider.GetRequiredService<IFeatureManager>();
    var seen = new HashSet<string>();
    try { for (var call = 0; call < 200; call++) seen.Add(await manager.IsEnabledAsync("Map") ? "on" : "off"); }
    catch (FeatureManagementException e) { seen.Add(e.Error.ToString()); }
    Console.WriteLine($"{settings}: {string.Join(" and ", seen.OrderDescending())}");
}
E
cat > expected <<'E'
{"FeatureManagement": {"Map": true}}: on
{"FeatureManagement": {"Map": 1}}: off
{"FeatureManagement": {"Map": "yes"}}: off
{"FeatureManagement": {"Map": {"EnabledFor": []}}}: off
{"FeatureManagement": {"Map": {"EnabledFor": [{"Name": "Percentage"}]}}}: off
{"FeatureManagement": {"Map": {"EnabledFor": [{"Name": "Percentage", "Parameters": {"Value": 50}}]}}}: on and off
{"FeatureManagement": {"Map": {"EnabledFor": [{"Name": "Percent", "Parameters": {"Value": 50}}]}}}: MissingFeatureFilter
{"FeatureManagement": {"Map": true}, "feature_management": {"feature_flags": [{"id": "Map", "enabled": false}]}}: off
E
dotnet run flags.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the flags are read otherwise than noted"; exit 1; }
