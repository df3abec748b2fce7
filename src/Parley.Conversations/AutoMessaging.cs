using Parley.Conversations.Events;

namespace Parley.Conversations;

/// <summary>
/// Decides what the server itself does for a consumer whom nobody attends to (protocol 8.5.2, 15.9). It happens in the decision that
/// gave the occasion, and what was said is in the state: a crash neither loses nor repeats it.
/// </summary>
internal static class AutoMessaging
{
    /// <summary>A consumer's conversation began.</summary>
    public static EventWriter Welcome(this EventWriter writer, BrandRules rules) =>
        rules.Closure is { } closure && writer.Wait(closure).TellsOf(closure, rules) ? writer : writer.Tell(AutoMessageKind.Welcome, rules);

    /// <summary>A consumer wrote outside working hours. A promise that runs already is kept.</summary>
    /// <param name="writer">Wrote his message already.</param>
    /// <param name="rules">Of the account; closed.</param>
    /// <param name="isOwed">Whether an answer was due to him before.</param>
    public static EventWriter Written(this EventWriter writer, BrandRules rules, bool isOwed)
    {
        if (!isOwed) writer.Wait(rules.Closure!);
        writer.TellsOf(rules.Closure!, rules);
        return writer;
    }

    /// <summary>Writes to the consumer what the account wants to be said, unless it wants nothing, or his client does.</summary>
    public static EventWriter Tell(this EventWriter writer, AutoMessageKind kind, BrandRules rules) =>
        rules.AutoMessages.TryGetValue(kind, out var message) ? writer.Tell(kind, message, rules) : writer;

    /// <inheritdoc cref="Tell(EventWriter,AutoMessageKind,BrandRules)"/>
    public static EventWriter Tell(this EventWriter writer, AutoMessageKind kind, AutoMessage message, BrandRules rules)
    {
        var main = writer.State.Main;
        if (main.State == Stage.Close || !(rules.AutoMessagesToAll || writer.State.Origin.AutoMessages)) return writer;
        if (main.Find(Actor.Controller.UserId) is null)
            writer.Add(new ParticipantJoined(main.Id, Actor.Controller.UserId, Role.Controller, ParticipantState.Active));
        return writer.Add(new MessagePublished
        {
            DialogId = main.Id,
            Sequence = main.NextSequence,
            OriginatorId = Actor.Controller.UserId,
            OriginatorRole = Role.Controller,
            Kind = MessageKind.Content,
            Body = message.Body,
            Metadata = message.Metadata,
        }).Add(new AutoMessageSent(kind));
    }

    // An agent's word that nobody is there for longer stands.
    private static EventWriter Wait(this EventWriter writer, Closure closure) =>
        writer.State.Delay?.TillWhen >= closure.Until ? writer : writer.Add(new DelaySet(new Delay(closure.Type, closure.Until)));

    // Once while it lasts; whether the account has something to say of it.
    private static bool TellsOf(this EventWriter writer, Closure closure, BrandRules rules)
    {
        if (!rules.AutoMessages.ContainsKey(AutoMessageKind.OffHours)) return false;
        if (!(writer.State.OffHoursToldTs >= closure.Since)) writer.Tell(AutoMessageKind.OffHours, rules);
        return true;
    }
}
