using CsCheck;
using ExecutionDashboard.Simulator;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Tests.Simulator;

public class StoryTests
{
    [Fact]
    public void Story_OfOneSeed_IsAlwaysTheSame()
    {
        var (one, two) = (new SimulatedFleet(100, changesPerSecond: 20, jobs: 12, seed: 7), new SimulatedFleet(100, changesPerSecond: 20, jobs: 12, seed: 7));
        one.Pass(120);
        for (var i = 0; i < 300; i++) two.Pass(0.4);
        Assert.Equal(one.Story(), two.Story());
    }

    [Fact]
    public void Story_OfAnotherSeed_IsAnother() =>
        Assert.NotEqual(new SimulatedFleet(50, jobs: 12, seed: 1).Story(), new SimulatedFleet(50, jobs: 12, seed: 2).Story());

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public void DefaultFleet_AtItsStart_HasSomethingOfEverything(string generation)
    {
        var fleet = new SimulatedFleet(200, generation, changesPerSecond: 5, jobs: 12);
        var world = fleet.World;
        fleet.Until(() => world.Deployments.Exists(d => d.AwaitsPromotion));
        Assert.Contains(world.Deployments, d => d is { State: DeploymentState.InProgress, CurrentWave: > 1 });
        Assert.Contains(world.Deployments, d => d.State == DeploymentState.RolledBack);
        Assert.Contains(world.Deployments, d => d.State == DeploymentState.Failed);
        Assert.Contains(world.Nodes, n => n.Connection == Connection.Lost);
        Assert.Contains(world.Live, e => e is { Actual: ActualState.Pending, Desired: DesiredState.Running, Plan: ExecutionPlan.None });
        Assert.True(world.Counts[(int)ActualState.Degraded] > 5);
        Assert.True(world.Jobs.Select(j => j.Namespace).Distinct().Count() >= 2);
        Assert.Equal(generation == "rollout", world.Executions.From(0, false).Any(e => History.Of(e).Any(h => h.To == ActualState.Validating)));
    }

    [Fact]
    public void Fleet_LeftToItself_ChangesAboutAsOftenAsAsked()
    {
        var fleet = new SimulatedFleet(200, changesPerSecond: 50, jobs: 12);
        var before = fleet.World.Change;
        fleet.Pass(120);
        Assert.InRange((fleet.World.Change - before) / 120.0, 40, 90);
    }

    [Fact]
    public void Counts_AfterALongStory_AreThoseOfTheExecutions()
    {
        var fleet = new SimulatedFleet(100, changesPerSecond: 100, jobs: 12);
        fleet.World.MostExecutions = 1500;
        fleet.Pass(300);
        var all = fleet.World.Executions.From(0, descending: false).ToList();
        Assert.Equal(fleet.World.Executions.Count, all.Count);
        Assert.Equal(all.CountBy(e => e.Actual).ToDictionary(), fleet.World.Counts.Index().Where(c => c.Item > 0).ToDictionary(c => (ActualState)c.Index, c => c.Item));
        Assert.Equal(all.Where(e => !e.IsTerminal).Select(e => e.Ordinal).Order(), fleet.World.Live.Select(e => e.Ordinal).Order());
        List<long> changes = [];
        for (var e = fleet.World.Recency.Newest; e is not null; e = e.Older) changes.Add(e.Change);
        Assert.Equal(all.Count, changes.Count);
        Assert.Equal(changes.OrderDescending(), changes);
        foreach (var job in fleet.World.Jobs) Assert.Equal(all.Count(e => e.Job == job && !e.IsTerminal), job.LiveCount);
        Assert.All(fleet.World.Deployments, d => Assert.True(d.Outstanding >= 0));
    }

    [Fact]
    public void Identifier_OfAnyOrdinal_LeadsBackToItAndToNoOther() =>
        Gen.Select(Gen.Long, Gen.Int[0, int.MaxValue]).Sample((seed, ordinal) =>
        {
            var ids = new Identifiers(seed, 1);
            var id = ids.Of(ordinal);
            return ids.TryParse(id.ToString(), out var back) && back == ordinal && !new Identifiers(seed, 2).TryParse(id.ToString(), out _);
        });

    [Theory]
    [InlineData("region=eu", true)]
    [InlineData("region == eu", true)]
    [InlineData("region!=eu", false)]
    [InlineData("region in (us, eu)", true)]
    [InlineData("region notin (us,eu)", false)]
    [InlineData("region notin(us)", true)]
    [InlineData("region", true)]
    [InlineData("!region", false)]
    [InlineData("gpu", false)]
    [InlineData("!gpu", true)]
    [InlineData("gpu!=l4", true)]
    [InlineData("gpu notin (l4)", true)]
    [InlineData("gpu in (l4)", false)]
    public void LabelRule_OverALabel_MatchesAsPublished(string text, bool expected)
    {
        var rule = LabelRule.Parse(text);
        Assert.Equal(expected, rule.Matches(rule.Key == "region" ? "eu" : null));
    }

    [Theory]
    [InlineData("Generation", "other")]
    [InlineData("Nodes", "-1")]
    [InlineData("Speed", "0")]
    [InlineData("Scenario", "no-such-story")]
    [InlineData("ChangesPerSecond", "-5")]
    public void Options_ThatMakeNoSense_AreRefusedByName(string key, string value)
    {
        var options = new SimulatorOptions();
        var property = typeof(SimulatorOptions).GetProperty(key)!;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        property.SetValue(options, Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture));
        var result = new SimulatorOptionsValidator().Validate(null, options);
        Assert.Contains($"Simulator:{key}", result.FailureMessage, StringComparison.Ordinal);
    }
}
