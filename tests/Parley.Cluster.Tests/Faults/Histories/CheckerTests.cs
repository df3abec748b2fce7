namespace Parley.Cluster.Tests.Faults.Histories;

/// <summary>The checker finds in made-up histories what is wrong with them, and nothing in one that is right.</summary>
public sealed class CheckerTests
{
    private readonly History _history = new();
    private readonly List<StoredEvent> _stored = [];
    private readonly List<(string, string)> _subscribers = [];

    [Fact]
    public void A_history_as_it_should_be_shows_no_violation()
    {
        Acknowledged("a", 0, sent: 1, told: 2);
        _history.Add(new Look("d", 3, 1, 0));
        Told("b", Outcome.Unknown);
        Acknowledged("b", 1, sent: 5, told: 6);
        Acknowledged("b", 1, sent: 7, told: 8);
        Told("c", Outcome.Refused);
        Told("d", Outcome.Unknown);
        Told("e", Outcome.Unknown);
        Stored("a", "b", "d");
        Heard("x", "a", "b", "d");
        Heard("y", "a");
        _subscribers.Add(("x", "d"));
        Assert.Empty(Found());
    }

    [Fact]
    public void What_was_acknowledged_and_is_not_stored_is_found()
    {
        Acknowledged("a", 0);
        Acknowledged("b", 1);
        Stored("a");
        Assert.Equal([ViolationKind.Lost], Found());
    }

    [Fact]
    public void What_is_stored_under_another_number_than_acknowledged_is_found()
    {
        Acknowledged("a", 1);
        Acknowledged("b", 0);
        Stored("a", "b");
        Assert.Equal([ViolationKind.Lost, ViolationKind.Lost], Found());
    }

    [Fact]
    public void Two_that_were_acknowledged_with_one_number_are_found()
    {
        Acknowledged("a", 0);
        Acknowledged("b", 0);
        Stored("a");
        Assert.Equal([ViolationKind.Twin, ViolationKind.Lost], Found());
    }

    [Fact]
    public void Another_content_than_was_sent_is_found()
    {
        Acknowledged("a", 0);
        _stored.Add(new("d", 0, "a", "something else"));
        Assert.Equal([ViolationKind.Changed, ViolationKind.Lost], Found());
    }

    [Fact]
    public void What_nobody_sent_is_found()
    {
        Stored("a");
        Assert.Equal([ViolationKind.Changed], Found());
    }

    [Fact]
    public void A_hole_is_found()
    {
        Told("a", Outcome.Unknown);
        Told("b", Outcome.Unknown);
        _stored.AddRange([new("d", 0, "a", "text of a"), new("d", 2, "b", "text of b")]);
        Assert.Equal([ViolationKind.Hole], Found());
    }

    [Fact]
    public void A_number_that_is_there_twice_is_found()
    {
        Told("a", Outcome.Unknown);
        Told("b", Outcome.Unknown);
        _stored.AddRange([new("d", 0, "a", "text of a"), new("d", 0, "b", "text of b")]);
        Assert.Equal([ViolationKind.Twin], Found());
    }

    [Fact]
    public void An_event_under_two_numbers_is_found()
    {
        Told("a", Outcome.Unknown);
        Stored("a", "a");
        Assert.Equal([ViolationKind.Twin], Found());
    }

    [Fact]
    public void A_repeat_that_is_answered_with_another_number_is_found()
    {
        Acknowledged("a", 0);
        Acknowledged("a", 1);
        Stored("a", "a");
        Assert.Equal([ViolationKind.Twin, ViolationKind.AnsweredTwice], Found());
    }

    [Fact]
    public void What_was_refused_each_time_and_is_stored_is_found()
    {
        Told("a", Outcome.Refused);
        Told("a", Outcome.Refused);
        Stored("a");
        Assert.Equal([ViolationKind.StoredThoughRefused], Found());
    }

    [Fact]
    public void What_was_sent_later_and_is_numbered_before_is_found()
    {
        Acknowledged("a", 1, sent: 1, told: 2);
        Acknowledged("b", 0, sent: 3, told: 4);
        Stored("b", "a");
        Assert.Equal([ViolationKind.OutOfOrder], Found());
    }

    [Fact]
    public void A_hole_in_what_was_delivered_is_found()
    {
        Acknowledged("a", 0);
        Acknowledged("b", 1);
        Stored("a", "b");
        Heard("x", "b");
        Assert.Equal([ViolationKind.DeliveryHole], Found());
    }

    [Fact]
    public void What_was_delivered_twice_is_found()
    {
        Acknowledged("a", 0);
        Stored("a");
        Heard("x", "a", "a");
        Assert.Equal([ViolationKind.DeliveryTwin], Found());
    }

    [Fact]
    public void What_was_delivered_and_is_not_stored_is_found()
    {
        Told("a", Outcome.Unknown);
        _history.Add(new Delivery("x", new("d", 0, "a", "text of a"), 0, 9));
        Assert.Equal([ViolationKind.Changed], Found());
    }

    [Fact]
    public void A_subscriber_who_was_not_sent_the_end_is_found()
    {
        Acknowledged("a", 0);
        Acknowledged("b", 1);
        Stored("a", "b");
        Heard("x", "a");
        _subscribers.Add(("x", "d"));
        Assert.Equal([ViolationKind.Undelivered], Found());
    }

    [Fact]
    public void An_answer_that_does_not_show_what_was_acknowledged_before_it_was_asked_for_is_found()
    {
        Acknowledged("a", 0, sent: 1, told: 2);
        Stored("a");
        _history.Add(new Look("d", 3, 0, 0));
        Assert.Equal([ViolationKind.Stale], Found());
    }

    private void Acknowledged(string id, long sequence, long sent = 1, long told = 9) =>
        _history.Add(new Publish("d", id, $"text of {id}", sent, told, Outcome.Acknowledged) { Sequence = sequence });

    private void Told(string id, Outcome outcome) => _history.Add(new Publish("d", id, $"text of {id}", 1, 9, outcome));

    private void Stored(params string[] ids) => _stored.AddRange(ids.Select((id, i) => new StoredEvent("d", i, id, $"text of {id}")));

    private void Heard(string subscriber, params string[] ids)
    {
        foreach (var id in ids) _history.Add(new Delivery(subscriber, _stored.Find(e => e.EventId == id)!, 0, 9));
    }

    private IEnumerable<ViolationKind> Found() => Checker.Check(_history, _stored, _subscribers).Select(v => v.Kind);
}
