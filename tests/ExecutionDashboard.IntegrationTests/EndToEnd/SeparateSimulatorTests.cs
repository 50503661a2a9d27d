using System.Text.Json;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>Dashboard and feed with a control plane in another process, in both generations, with and without optional fields.</summary>
public sealed class SeparateSimulatorTests
{
    [Theory]
    [InlineData("deployment", false)]
    [InlineData("deployment", true)]
    [InlineData("rollout", false)]
    [InlineData("rollout", true)]
    public async Task Watch_OtherProcess_EveryRowAndFieldIsThere(string generation, bool omitsOptional)
    {
        using var folder = new TemporaryFolder();
        await using var simulator = await PartProcess.StartAsync(
            new Dictionary<string, string>
            {
                ["Roles"] = "Simulator", ["Simulator:Generation"] = generation, ["Simulator:ChangesPerSecond"] = "0", ["Simulator:Database"] = folder["simulator.db"],
                ["Simulator:OmitOptional"] = $"{omitsOptional}",
            }, folder.Path);
        // The address as an operator has it, without the path that the simulator's API lies under in the default program.
        await using var program = await PartProcess.StartAsync(
            new Dictionary<string, string>
            {
                ["ControlPlane:Url"] = new Uri(simulator.Address, "simulator/api/v1").ToString(), ["ControlPlane:PollInterval"] = "00:00:00.3",
                ["Storage:ConnectionString"] = folder["fleet.db"], [SharedKey.Setting] = SharedKey.Value,
            }, folder.Path);
        using var http = SharedKey.NewClient();

        await Eventually.HoldsAsync(async () => ExecutionFacts.Difference(
            await ExecutionFacts.OfControlPlaneAsync(http, simulator.Address), await ExecutionFacts.OfExportAsync(http, program.Address)));

        var all = await ExecutionFacts.OfExportAsync(http, program.Address);
        Assert.True(all.Count > 500, $"{all.Count} executions");
        Assert.Contains(all.Values, e => e.State == "completed");
        Assert.DoesNotContain(all.Values, e => e.State == "complete");
        var failed = all.Values.First(e => e.State == "failed");
        using var history = JsonDocument.Parse(await http.GetStringAsync(new Uri(program.Address, $"feed/v1/executions/{failed.Id}/history")));
        Assert.Contains(history.RootElement.GetProperty("items").EnumerateArray(), step => step.GetProperty("to").GetString() == "failed");
    }
}
