using static Parley.Cluster.Tests.Faults.Histories.ViolationKind;

namespace Parley.Cluster.Tests.Faults.Histories;

/// <summary>Finds in a history of clients, and in what is stored in the end, every promise that was not kept. Pure.</summary>
internal static class Checker
{
    /// <param name="history">What clients did. Event ids are unique in all of it.</param>
    /// <param name="stored">All dialogs in the end, each in the order in which it is told.</param>
    /// <param name="subscribers">Who had time to hear everything, and of which dialog.</param>
    public static IReadOnlyList<Violation> Check(History history, IReadOnlyList<StoredEvent> stored, IReadOnlyCollection<(string Subscriber, string Dialog)> subscribers)
    {
        var found = new List<Violation>();
        var publishes = history.Publishes.GroupBy(p => p.EventId).ToDictionary(g => g.Key, g => g.ToList());
        var events = stored.ToHashSet();
        var ids = stored.Select(e => e.EventId).ToHashSet();
        var dialogs = stored.GroupBy(e => e.Dialog).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var dialog in dialogs.Values) CheckNumbers(dialog, found);
        CheckAnswers(history.Publishes, found);
        foreach (var e in stored) CheckSent(e, publishes, found);
        foreach (var (eventId, attempts) in publishes) CheckAttempts(eventId, attempts, events, ids, found);
        foreach (var dialog in dialogs.Values) CheckOrder(dialog, publishes, found);
        CheckDeliveries(history.Deliveries, events, subscribers, found);
        CheckLooks(history, found);
        return found;
    }

    private static void CheckNumbers(List<StoredEvent> dialog, List<Violation> found)
    {
        var ids = new HashSet<string>();
        long next = 0;
        foreach (var e in dialog)
        {
            if (e.Sequence > next) found.Add(new(Hole, $"{e.Dialog} has {e.Sequence} where {next} should be"));
            if (e.Sequence < next || !ids.Add(e.EventId)) found.Add(new(Twin, $"{e} comes after {next - 1}"));
            next = Math.Max(next, e.Sequence + 1);
        }
    }

    // Whatever is stored in the end, or cannot be read.
    private static void CheckAnswers(IReadOnlyList<Publish> publishes, List<Violation> found)
    {
        foreach (var answers in publishes.Where(p => p.Outcome == Outcome.Acknowledged).GroupBy(p => (p.Dialog, p.Sequence)))
        {
            string[] ids = [.. answers.Select(p => p.EventId).Distinct()];
            if (ids.Length > 1) found.Add(new(Twin, $"{string.Join(" and ", ids)} were acknowledged as {answers.Key}"));
        }
    }

    private static void CheckSent(StoredEvent e, Dictionary<string, List<Publish>> publishes, List<Violation> found)
    {
        if (!publishes.TryGetValue(e.EventId, out var attempts) || attempts[0].Dialog != e.Dialog || attempts[0].Text != e.Text)
            found.Add(new(Changed, $"Nobody sent {e}"));
    }

    private static void CheckAttempts(string eventId, List<Publish> attempts, HashSet<StoredEvent> events, HashSet<string> ids, List<Violation> found)
    {
        var acknowledged = attempts.FindAll(a => a.Outcome == Outcome.Acknowledged);
        if (acknowledged.Select(a => a.Sequence).Distinct().Skip(1).Any())
            found.Add(new(AnsweredTwice, $"{eventId} was acknowledged as {string.Join(" and ", acknowledged.Select(a => a.Sequence))}"));
        foreach (var a in acknowledged)
        {
            if (!events.Contains(new(a.Dialog, a.Sequence, eventId, a.Text))) found.Add(new(Lost, $"{a} is not stored"));
        }

        if (attempts.TrueForAll(a => a.Outcome == Outcome.Refused) && ids.Contains(eventId))
            found.Add(new(StoredThoughRefused, $"{attempts[^1]} is stored"));
    }

    // In the order of the numbers: nothing may have been acknowledged before something with a lower number was sent first.
    private static void CheckOrder(List<StoredEvent> dialog, Dictionary<string, List<Publish>> publishes, List<Violation> found)
    {
        var (latestSent, latest) = (long.MinValue, default(StoredEvent));
        foreach (var e in dialog)
        {
            if (!publishes.TryGetValue(e.EventId, out var attempts)) continue;
            var told = attempts.Where(a => a.Outcome == Outcome.Acknowledged).Select(a => (long?)a.ToldAt).Min();
            if (told < latestSent) found.Add(new(OutOfOrder, $"{e} was acknowledged before {latest} was sent"));
            var sent = attempts.Min(a => a.SentAt);
            if (sent > latestSent) (latestSent, latest) = (sent, e);
        }
    }

    private static void CheckDeliveries(
        IReadOnlyList<Delivery> deliveries, HashSet<StoredEvent> events, IReadOnlyCollection<(string Subscriber, string Dialog)> subscribers, List<Violation> found)
    {
        var last = events.GroupBy(e => e.Dialog).ToDictionary(g => g.Key, g => g.Max(e => e.Sequence));
        var next = subscribers.ToDictionary(s => s, _ => 0L);
        foreach (var d in deliveries)
        {
            var key = (d.Subscriber, d.Event.Dialog);
            var expected = next.GetValueOrDefault(key);
            if (d.Event.Sequence > expected) found.Add(new(DeliveryHole, $"{d} came where {expected} should"));
            if (d.Event.Sequence < expected) found.Add(new(DeliveryTwin, $"{d} came after {expected - 1}"));
            next[key] = Math.Max(expected, d.Event.Sequence + 1);
            if (!events.Contains(d.Event)) found.Add(new(Changed, $"{d} is not what is stored"));
        }

        foreach (var key in subscribers)
        {
            if (next[key] <= last.GetValueOrDefault(key.Dialog, -1)) found.Add(new(Undelivered, $"{key.Subscriber} was sent nothing of {key.Dialog} from {next[key]} on"));
        }
    }

    private static void CheckLooks(History history, List<Violation> found)
    {
        var acknowledged = history.Publishes.Where(p => p.Outcome == Outcome.Acknowledged).GroupBy(p => p.Dialog).ToDictionary(g => g.Key, g => g.OrderBy(p => p.ToldAt).ToList());
        foreach (var looks in history.Looks.GroupBy(l => l.Dialog))
        {
            var told = acknowledged.GetValueOrDefault(looks.Key, []);
            var (i, highest) = (0, -1L);
            foreach (var look in looks.OrderBy(l => l.AskedAt))
            {
                for (; i < told.Count && told[i].ToldAt < look.AskedAt; i++) highest = Math.Max(highest, told[i].Sequence);
                if (look.Next <= highest) found.Add(new(Stale, $"{look} does not show {highest}"));
            }
        }
    }
}
