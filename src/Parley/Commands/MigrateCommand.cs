using System.CommandLine;
using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Parley.Cluster.Moving;
using Parley.Operators;
using Parley.Server.Identity;

namespace Parley.Commands;

/// <summary><c>parley migrate</c>: moves an installation between a data folder and the database of nodes.</summary>
internal static class MigrateCommand
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var data = OperatorCommands.Data();
        var to = new Option<string?>("--to") { Description = "Move the folder to this empty PostgreSQL database. No password in it, as with serve --cluster.", HelpName = "\"Host=...;Database=...\"" };
        var from = new Option<string?>("--from") { Description = "Move this database, while no node serves it, to an empty folder.", HelpName = "\"Host=...;Database=...\"" };
        var resume = new Option<bool>("--resume") { Description = "Go on with a move that was interrupted." };
        var command = new Command("migrate", "Move everything between the folder of a server that is alone and the database of several nodes. What it is moved from stays as it is.") { data, to, from, resume };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(to) is null) == (result.GetValue(from) is null)) result.AddError("Give either --to or --from.");
        });
        command.SetAction(parsed => RunAsync(parsed.GetValue(data)!, parsed.GetValue(to), parsed.GetValue(from), parsed.GetValue(resume)));
        return command;
    }

    private static async Task<int> RunAsync(string data, string? to, string? from, bool resume)
    {
        using var stop = new StopSignals();
        try
        {
            await MoveAsync(data, to, from, resume, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("parley: stopped; the same command with --resume goes on");
            return 1;
        }
        catch (Exception e) when (e is RefusedException or IOException or FormatException or InvalidDataException or UnauthorizedAccessException or DbException)
        {
            Console.Error.WriteLine($"parley: {e.Message}");
            return 1;
        }
    }

    // In a method of its own: other commands load nothing of what this needs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task MoveAsync(string data, string? to, string? from, bool resume, CancellationToken isOver)
    {
        var progress = new Progress();
        var report = to is not null
            ? await Move.ToDatabaseAsync(data, to, resume, progress.Tell, isOver)
            : await Move.ToFolderAsync(from!, data, resume, progress.Tell, isOver);
        progress.End();
        Console.Out.WriteLine("Read again in both places and found the same:");
        foreach (var part in report.Parts) Console.Out.WriteLine($"  {part.Name,-20} {Number(part.Rows),14}  {part.Checksum}");
        foreach (var file in report.MissingFiles) Console.Out.WriteLine($"Missing before already: {file}");
        Console.Out.WriteLine(to is not null
            ? $"Moved. Serve it with 'parley serve --cluster', and {data} no more: what is written there from now on is not in the database."
            : $"Moved. Serve it with 'parley serve --data {data}', and the database no more: what is written there from now on is not in the folder.");
    }

    private static string Number(long value) => $"{value:#,0}";

    // A line when a step begins, and every two seconds while it lasts; in a terminal in one line.
    private sealed class Progress
    {
        private MoveProgress _last;
        private long _toldAt;
        private bool _isTold = true;

        public void Tell(MoveProgress progress)
        {
            var isNew = progress.Step != _last.Step;
            if (isNew) End();
            (_last, _isTold) = (progress, false);
            if (isNew || Stopwatch.GetElapsedTime(_toldAt) >= TellEvery) Write();
        }

        public void End()
        {
            if (!_isTold) Write();
            if (_last.Step is not null && !Console.IsErrorRedirected) Console.Error.WriteLine();
        }

        private void Write()
        {
            (_toldAt, _isTold) = (Stopwatch.GetTimestamp(), true);
            var text = $"{_last.Step}: {Number(_last.Done)}{(_last.Of is { } of ? $" of {Number(of)}" : "")}";
            if (Console.IsErrorRedirected) Console.Error.WriteLine(text);
            else Console.Error.Write($"\r{text,-60}");
        }
    }
}
