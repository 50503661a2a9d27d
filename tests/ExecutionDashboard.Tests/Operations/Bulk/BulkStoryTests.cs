using System.Collections.Concurrent;
using CsCheck;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;

namespace ExecutionDashboard.Tests.Operations.Bulk;

/// <summary>Whatever is killed, answered and ordered: in the end each execution was stopped once at most, and each that was not is listed.</summary>
public sealed class BulkStoryTests
{
    // How the control plane answers for an item.
    private enum Answer { Obeys, Conflict, AcceptsAndForgets, ObeysWithoutAnswer, BreaksBefore, Refuses, Busy, EndsItself }

    private enum Event { Step, Step2, Kill, TakeOver, Pause, Resume, Cancel, RestartFeed, Time, Blind }

    private static readonly Gen<(int[] Answers, int WaveSize, int Limit, int[] Cuts, (int Event, int Number)[] Story)> Stories = Gen.Select(
        Gen.Int[0, 7].Array[1, 9], Gen.Int[1, 4], Gen.Int[0, 9], Gen.Int[1, 40].Array[6], Gen.Select(Gen.Int[0, 13], Gen.Int[0, 9]).Array[0, 14]);

    [Fact]
    public async Task Story_KillsAnswersAndOrders_EachIsStoppedOnceOrListed() => await Stories.SampleAsync(async story =>
    {
        var (answers, waveSize, limit, cuts, events) = story;
        using var rig = new BulkRig();
        var stopped = new ConcurrentDictionary<string, int>();
        var busy = new ConcurrentDictionary<string, bool>();
        rig.Server.Fault = (call, id) => call == "stop" ? Told((Answer)answers[int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture)], id) : null;
        rig.Begin(answers.Length, waveSize, limit, TimeSpan.FromSeconds(5));
        var cut = 0;
        var drivers = new List<TestDriver> { rig.Driver("d0", cuts[cut++]) };

        foreach (var (what, number) in events)
        {
            var driver = drivers[^1];
            switch ((Event)what)
            {
                case Event.Kill when cut < cuts.Length: drivers.Add(rig.Driver($"d{drivers.Count}", cuts[cut++])); break;
                // The one before lives on, and believes that it drives.
                case Event.TakeOver:
                    rig.Time.Advance(BulkLimits.Lease + TimeSpan.FromSeconds(1));
                    drivers.Add(rig.Driver($"d{drivers.Count}", cuts[number % cuts.Length]));
                    await drivers[^1].StepAsync(clockGoesOn: true);
                    await driver.StepAsync(clockGoesOn: true);
                    break;
                case Event.Pause: rig.Store.Order("r1", new(BulkOrderKind.Pause, "Bob")); break;
                case Event.Resume: rig.Store.Order("r1", new(BulkOrderKind.Resume, "Bob")); break;
                case Event.Cancel when number == 0: rig.Store.Order("r1", new(BulkOrderKind.Cancel, "Bob")); break;
                case Event.RestartFeed: rig.RestartFeed(); break;
                case Event.Time: rig.Time.Advance(TimeSpan.FromSeconds(number * 4)); break;
                case Event.Blind: rig.Feed(blind: number > 4); break;
                default: await driver.StepAsync(clockGoesOn: true); break;
            }
            if (what != (int)Event.Blind && number > 3) Show();
        }
        var last = rig.Driver("last");
        for (var i = 0; i < 200 && rig.Run.IsActive; i++)
        {
            Show();
            rig.Store.Order("r1", new(BulkOrderKind.Resume, "Bob"));
            if (await last.StepAsync(clockGoesOn: true) > TimeSpan.Zero) rig.Time.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.False(rig.Run.IsActive, rig.Phases);
        foreach (var item in rig.Items)
        {
            Assert.True(stopped.GetValueOrDefault(item.Id) <= 1, $"{item.Id} was stopped {stopped.GetValueOrDefault(item.Id)} times");
            Assert.DoesNotContain(item.Phase, (BulkPhase[])[BulkPhase.Waiting, BulkPhase.Sent, BulkPhase.Accepted]);
            var isOver = stopped.ContainsKey(item.Id) && (Answer)answers[item.Number] != Answer.AcceptsAndForgets || (Answer)answers[item.Number] == Answer.EndsItself;
            if (!isOver) Assert.Contains(item.Phase, (BulkPhase[])[BulkPhase.Conflict, BulkPhase.Refused, BulkPhase.NotSeen, BulkPhase.Canceled]);
            // The audit tells of each that was sent what came of it, once.
            if (item.Phase != BulkPhase.Canceled) Assert.Contains(rig.Audit, a => a.Target.Id == item.Id && a.Answer == item.Note);
            if (item.Phase is BulkPhase.Seen) Assert.True(isOver, $"{item.Id} runs on and is {item.Phase}");
        }

        ControlPlaneFailure? Told(Answer answer, string id)
        {
            if (answer is Answer.Busy && busy.TryAdd(id, true)) return new(ControlPlaneError.Unexpected, "Too many requests.", 429);
            if (answer is Answer.Conflict) return new(ControlPlaneError.Conflict, "Not now.", 409);
            if (answer is Answer.Refuses) return new(ControlPlaneError.Forbidden, "No.", 403);
            if (answer is Answer.BreaksBefore) return new(ControlPlaneError.Unreachable, "It broke.");
            stopped.AddOrUpdate(id, 1, (_, times) => times + 1);
            return answer == Answer.ObeysWithoutAnswer ? new(ControlPlaneError.Unreachable, "It broke.") : null;
        }

        // The feed tells what the control plane knows.
        void Show()
        {
            var changes = new List<FleetChange>();
            for (var i = 0; i < answers.Length; i++)
            {
                var (id, answer) = ($"e{i}", (Answer)answers[i]);
                if (answer == Answer.EndsItself) changes.Add(FleetChange.Of(BulkRig.Execution(id, KnownExecutionState.Failed)));
                else if (stopped.ContainsKey(id) && answer != Answer.AcceptsAndForgets) changes.Add(FleetChange.Of(BulkRig.Execution(id, KnownExecutionState.Stopping, KnownExecutionState.Stopped)));
            }
            rig.Feed([.. changes]);
        }
    }, iter: 12, threads: 1);
}
