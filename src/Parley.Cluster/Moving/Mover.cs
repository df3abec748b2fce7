using Parley.Journal.Moving;
using Parley.Server.Identity;

namespace Parley.Cluster.Moving;

/// <summary>
/// One move. Whatever it stores is stored in the order of the source's keys, a transaction at a time, so that the target itself tells where an interrupted
/// one goes on; what is small is stored anew. Until all of it was read again and found the same, nobody can serve the target.
/// </summary>
internal sealed class Mover(IInstallation source, IInstallation target, Batches batches, Action<MoveProgress> progress, CancellationToken isOver)
{
    public async Task<MoveReport> RunAsync(bool resume)
    {
        source.OpenAsSource();
        var state = source.State();
        target.Begin(state, resume);
        using (var conversations = source.ReadConversations()) Store(conversations);
        Replace("accounts", source.Accounts, target.Accounts, MovedTables.Accounts);
        Replace("catalogue of files", source.Catalog, target.Catalog, MovedTables.Files);
        var files = new MovedFiles(source, target, progress, isOver);
        await files.StoreAsync();

        List<MovedPart> parts = [.. CompareConversations()];
        parts.AddRange(Compare(source.Accounts, target.Accounts, MovedTables.Accounts));
        parts.AddRange(Compare(source.Catalog, target.Catalog, MovedTables.Files));
        parts.Add(await files.CompareAsync());
        if (source.State() != state) throw new RefusedException("The source was served meanwhile: begin anew in an empty place, with all servers stopped.");
        target.Finish();
        return new MoveReport(parts, files.Missing);
    }

    private void Store(IConversationSource from)
    {
        using var to = target.WriteConversations();
        var (total, done) = (from.SettledConversations, 0L);
        foreach (var batch in batches.Of(from.Conversations(to.LastConversation)))
        {
            to.Add(batch);
            Tell("conversations", done += batch.Conversations.Count, total);
        }

        done = 0;
        foreach (var batch in batches.Of(from.Events(to.LastEvent)))
        {
            to.Add(batch);
            Tell("events", done += batch.Dialogs.Values.Sum(dialog => dialog.Count), null);
        }

        to.Finish();
    }

    private void Replace(string what, IRows from, IRows to, IReadOnlyList<string> tables)
    {
        var rows = 0L;
        to.Replace([.. tables.Select(Moved)]);
        Tell(what, rows, rows);

        MovedRows Moved(string table)
        {
            var columns = Columns(from, to, table);
            return new MovedRows(table, columns, Counted(from.Read(table, columns)));
        }

        IEnumerable<object?[]> Counted(IEnumerable<object?[]> all)
        {
            foreach (var row in all)
            {
                if (++rows % 10_000 == 0) Tell(what, rows, null);
                yield return row;
            }
        }
    }

    private IEnumerable<MovedPart> CompareConversations()
    {
        using var from = source.ReadConversations();
        using var to = target.ReadConversations();
        using var filled = target.WriteConversations();
        var comparison = new Comparison(rows => Tell("comparing conversations", rows, null));
        var (conversations, events) = (comparison.Conversations(from, to), comparison.Events(from, to));
        Same("events by the states of conversations", comparison.EventsByState, events.Rows);
        var (participations, eventIds) = filled.CountIndexed();
        Same("rows of who takes part in what", comparison.Participations, participations);
        Same("ids that publishers gave", comparison.EventIds, eventIds);
        return [new("conversations", conversations.Rows, conversations.Checksum), new("events", events.Rows, events.Checksum)];
    }

    private IEnumerable<MovedPart> Compare(IRows from, IRows to, IReadOnlyList<string> tables)
    {
        foreach (var table in tables)
        {
            var columns = Columns(from, to, table);
            var (one, other) = (RowSum.Of(from.Read(table, columns)), RowSum.Of(to.Read(table, columns)));
            Same($"rows of {table}", one.Rows, other.Rows);
            if (one != other) throw new InvalidDataException($"Table {table} is not the same in both places.");
            yield return new MovedPart(table, one.Rows, one.Checksum);
        }

        Tell("comparing tables", tables.Count, tables.Count);
    }

    private static IReadOnlyList<string> Columns(IRows from, IRows to, string table)
    {
        var (columns, others) = (from.Columns(table), to.Columns(table));
        return columns.SequenceEqual(others) ? columns
            : throw new InvalidDataException($"Table {table} has the columns {string.Join(", ", columns)} in the one place and {string.Join(", ", others)} in the other.");
    }

    private static void Same(string what, long expected, long found)
    {
        if (expected != found) throw new InvalidDataException($"There should be {expected} {what}; there are {found}.");
    }

    private void Tell(string step, long done, long? of)
    {
        progress(new MoveProgress(step, done, of));
        isOver.ThrowIfCancellationRequested();
    }
}
