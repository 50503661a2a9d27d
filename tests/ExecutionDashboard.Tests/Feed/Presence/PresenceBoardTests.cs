using CsCheck;
using ExecutionDashboard.Feed.Presence;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Presence;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Feed.Presence;

/// <summary>What the feed keeps of open dialogs: bounded, and gone with the dashboard that told it.</summary>
public sealed class PresenceBoardTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PresenceBoard _board;

    public PresenceBoardTests() => _board = new PresenceBoard(_time);

    [Fact]
    public void Announce_TwoDashboards_EachGetsAllAndReplacesItsOwn()
    {
        _board.Announce("one", [Command("a")]);
        var changed = _board.Changed;
        Assert.Equal(["a", "b"], _board.Announce("two", [Command("b")]).Commands.Select(c => c.Id));
        Assert.True(changed.IsCompleted);

        Assert.Equal(["b"], _board.Announce("one", []).Commands.Select(c => c.Id));
        Assert.Equal(["one", "two"], _board.Connections.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Announce_TheSameAgain_ChangesNothing()
    {
        var version = _board.Announce("one", [Command("a")]).Version;
        var changed = _board.Changed;

        Assert.Equal(version, _board.Announce("one", [Command("a")]).Version);
        Assert.False(changed.IsCompleted);
    }

    [Fact]
    public void Leave_ConnectionClosed_TakesItsCommandsAlong()
    {
        _board.Announce("one", [Command("a")]);
        _board.Leave("one");

        Assert.Empty(_board.All.Commands);
        Assert.Empty(_board.Connections);
    }

    [Fact]
    public void Expire_NotHeardOf_IsDroppedAfterTheLease()
    {
        _board.Announce("one", [Command("a")]);
        _time.Advance(PresenceLimits.Lease - TimeSpan.FromSeconds(1));
        _board.Announce("two", [Command("b")]);
        Assert.Equal(TimeSpan.FromSeconds(1), _board.Expire());

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(PresenceLimits.Lease - TimeSpan.FromSeconds(1), _board.Expire());
        Assert.Equal(["b"], _board.All.Commands.Select(c => c.Id));
        // It is still told of what others do, and comes back with its next word.
        Assert.Contains("one", _board.Connections);
        Assert.Equal(["a", "b"], _board.Announce("one", [Command("a")]).Commands.Select(c => c.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Announce_TooManyOrTooLong_IsCut()
    {
        for (var dashboard = 0; dashboard < 7; dashboard++)
            _board.Announce($"{dashboard}", [.. Enumerable.Range(0, PresenceLimits.PerDashboard + 50).Select(i => Command($"{dashboard}:{i}") with { By = new string('x', 9_999), TargetId = new string('y', 9_999) })]);

        Assert.Equal(PresenceLimits.All, _board.All.Commands.Count);
        Assert.All(_board.All.Commands, c => Assert.Equal((PresenceLimits.Name, PresenceLimits.Id), (c.By.Length, c.TargetId.Length)));
    }

    // Whatever comes in which order: all is what the connections that are there told last.
    [Fact]
    public void All_AfterAnyStory_IsWhatWasToldLast()
    {
        var step = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Bool);
        step.Array[0, 20].Sample(steps =>
        {
            var board = new PresenceBoard(_time);
            var told = new Dictionary<int, string[]>();
            foreach (var (dashboard, count, leaves) in steps)
            {
                if (leaves)
                {
                    board.Leave($"{dashboard}");
                    told.Remove(dashboard);
                    continue;
                }
                told[dashboard] = [.. Enumerable.Range(0, count).Select(i => $"{dashboard}:{i}")];
                board.Announce($"{dashboard}", [.. told[dashboard].Select(Command)]);
            }
            return board.All.Commands.Select(c => c.Id).Order(StringComparer.Ordinal).SequenceEqual(told.Values.SelectMany(ids => ids).Order(StringComparer.Ordinal));
        }, iter: 200);
    }

    private static IntendedCommand Command(string id) => new() { Id = id, Command = "Promote", Kind = FleetKind.Deployment, TargetId = "d", Since = DateTimeOffset.UnixEpoch };
}
