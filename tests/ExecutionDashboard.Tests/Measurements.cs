using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ExecutionDashboard.Tests;

/// <summary>Metrics as a collector sees them, of meters made by its factory. A measurement is written "value tag tag…".</summary>
internal sealed class Measurements : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private readonly ConcurrentQueue<(string Name, string Text)> _seen = new();
    private readonly MeterListener _listener = new();

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>(Note);
        _listener.SetMeasurementEventCallback<long>(Note);
        _listener.SetMeasurementEventCallback<double>(Note);
        _listener.Start();
    }

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options.Name, options.Version, options.Tags, scope: this);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>What an instrument has said so far; one that is looked up is asked now.</summary>
    public IReadOnlyList<string> Of(string instrument)
    {
        _listener.RecordObservableInstruments();
        return [.. _seen.Where(s => s.Name == instrument).Select(s => s.Text)];
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters) meter.Dispose();
    }

    private void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) where T : struct =>
        _seen.Enqueue((instrument.Name, string.Join(' ', tags.ToArray().Select(t => t.Value).Prepend(FormattableString.Invariant($"{value}")))));
}
