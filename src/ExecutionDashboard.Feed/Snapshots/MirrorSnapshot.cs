using System.Data.Common;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.Snapshots;

/// <summary>
/// The mirror and its lanes in a file beside the log, so that a start reads packed rows instead of the JSON of every entity. It is bound to the log by the log's id and by the change that
/// was the newest when it was finished; the log's changes after the number at which it was begun are applied when it is read. A file that does not fit or is damaged is as good as none.
/// </summary>
internal static class MirrorSnapshot
{
    private const string Suffix = "-mirror";

    /// <summary>The file that belongs to a log.</summary>
    public static string FileOf(string logFile) => logFile + Suffix;

    /// <summary>What the log says when a snapshot is begun. Taken by the writer of the log, between its transactions.</summary>
    public static SnapshotBegin Begin(ChangeLog log) => new(log.LogId, log.LastSequence, log.NextKey, log.Deleted);

    /// <summary>Writes a snapshot beside the one there is, and puts it in its place when it is complete.</summary>
    /// <param name="log">The log.</param>
    /// <param name="reader">Reads the log beside its writer.</param>
    /// <param name="mirror">The mirror. It may go on changing.</param>
    /// <param name="begin">What the log said when this was begun.</param>
    /// <param name="pause">Called after each block with its number of bytes; null to write as fast as the disk takes it.</param>
    /// <param name="cancel">Ends it; the snapshot that was there stays.</param>
    /// <returns>Number of bytes.</returns>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static async Task<long> WriteAsync(ChangeLog log, LogReader reader, FleetMirror mirror, SnapshotBegin begin, Func<int, ValueTask>? pause, CancellationToken cancel)
    {
        var (file, unfinished) = (FileOf(log.Database.LocalFile), FileOf(log.Database.LocalFile) + ".new");
        File.Delete(unfinished);
        PrivateFile.Prepare(unfinished);
        await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(PackedBlockWriter.Magic);
            var blocks = new MirrorBlocks(mirror);
            await WriteOneAsync(blocks.Frame(PackedBlock.Header, HeaderOf(begin, mirror)));
            foreach (var block in blocks.Fleet().Concat(blocks.Lanes(log.Placements))) await WriteOneAsync(block);
            // All changes that a row may have are before this one.
            await WriteOneAsync(blocks.Frame(PackedBlock.End, EndOf(reader, log.LastSequence)));

            async ValueTask WriteOneAsync(ReadOnlyMemory<byte> block)
            {
                await stream.WriteAsync(block, cancel);
                if (pause is not null) await pause(block.Length);
            }
        }
        var length = new FileInfo(unfinished).Length;
        File.Move(unfinished, file, overwrite: true);
        return length;
    }

    /// <summary>Loads the fleet and its lanes: from the snapshot and the log's changes after it, else all from the log.</summary>
    /// <param name="log">The log, attached.</param>
    /// <param name="reader">Reads the log.</param>
    /// <param name="mirror">The mirror, empty.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Why the snapshot was not used, as the end of a sentence; empty when it was, null when there is none.</returns>
    public static async Task<string?> LoadAsync(ChangeLog log, LogReader reader, FleetMirror mirror, CancellationToken cancel)
    {
        var file = FileOf(log.Database.LocalFile);
        string? problem = null;
        if (File.Exists(file))
            try
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1024 * 1024, FileOptions.SequentialScan);
                await new MirrorRestore(log, reader, mirror).ReadAsync(stream, cancel);
                return "";
            }
            catch (Exception e) when (e is not (OperationCanceledException or DbException))
            {
                problem = e is FormatException ? e.Message : e is IOException or UnauthorizedAccessException ? $"it cannot be read ({e.Message.TrimEnd('.')})" : "it is damaged";
                mirror.Clear();
            }
        log.LoadInto(mirror, cancel);
        return problem;
    }

    private static byte[] HeaderOf(SnapshotBegin begin, FleetMirror mirror)
    {
        var writer = new PackedWriter(new byte[64]);
        writer.Text(begin.LogId);
        writer.Number(begin.Sequence);
        writer.Number(begin.NextKey);
        writer.Number(begin.Deleted);
        // About how many there are, which snapshots did not always say.
        writer.Number(mirror.Nodes.Count);
        writer.Number(mirror.Executions.Count);
        return writer.Written.ToArray();
    }

    private static byte[] EndOf(LogReader reader, long sequence)
    {
        var writer = new PackedWriter(new byte[64]);
        writer.Number(sequence);
        foreach (var part in reader.MarkOf(sequence) ?? throw new IOException($"the change log has no change {sequence}")) writer.Number(part);
        return writer.Written.ToArray();
    }
}

/// <summary>What the log said when a snapshot was begun.</summary>
/// <param name="LogId">Its id.</param>
/// <param name="Sequence">Its last sequence number.</param>
/// <param name="NextKey">The key that the next new entity gets.</param>
/// <param name="Deleted">Number of changes that were pruned so far.</param>
internal readonly record struct SnapshotBegin(string LogId, long Sequence, long NextKey, long Deleted);
