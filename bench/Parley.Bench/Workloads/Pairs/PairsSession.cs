using Parley.Bench.Load;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Pairs;

/// <summary>A running server with its pairs.</summary>
internal sealed class PairsSession(SubjectKind kind, ISubject subject, Pair[] pairs, Bystander[] bystanders, LoadMeter meter) : IDisposable
{
    public SubjectKind Kind => kind;
    public ISubject Subject => subject;
    public IReadOnlyList<Pair> Pairs => pairs;
    public IReadOnlyList<Bystander> Bystanders => bystanders;
    public LoadMeter Meter => meter;

    /// <exception cref="IOException">The server did not start, or a pair could not be made.</exception>
    public static async Task<PairsSession> OpenAsync(SubjectKind kind, BenchFolders folders, PairsSettings settings, int count)
    {
        DebianPackages.Ensure(kind.Packages);
        var subject = kind.Start(folders, Path.Combine(folders.Data, kind.Name));
        try
        {
            var meter = new LoadMeter();
            var pairs = await subject.ConnectAsync(count, settings.PublishBytes, meter);
            var bystanders = settings.Managers > 0 ? await subject.WatchAsync(pairs, settings.Managers) : [];
            return new PairsSession(kind, subject, pairs, bystanders, meter);
        }
        catch
        {
            subject.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var pair in pairs) pair.Dispose();
        foreach (var bystander in bystanders) bystander.Dispose();
        subject.Dispose();
    }
}
