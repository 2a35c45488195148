"""Routes of tickets and tasks."""

from django.urls import path

from .api import acts, bulk, clocks, figures, past, reports, tasks, tickets

urlpatterns = [
    path("tickets/", tickets.TicketsView.as_view()),
    path("tickets/unmatched/", tickets.UnmatchedTicketsView.as_view()),
    path("tickets/<int:ticket_id>/", tickets.TicketView.as_view()),
    path("tasks/", tasks.TasksView.as_view()),
    path("tasks/bulk/", bulk.BulkView.as_view()),
    path("tasks/<str:task_id>/", tasks.TaskView.as_view()),
    path("tasks/<str:task_id>/as-of/", past.AsOfView.as_view()),
    path("tasks/<str:task_id>/assignments/<int:assignment_id>/why/", reports.WhyView.as_view()),
    path("tasks/<str:task_id>/sla/", clocks.ClockView.as_view()),
    path("sla/at-risk/", clocks.AtRiskView.as_view()),
    path("reports/fairness/", reports.FairnessView.as_view()),
    path("reports/summary/", figures.SummaryView.as_view()),
    path("reports/tasks/", figures.DaysView.as_view()),
    path("reports/agents/", figures.AgentsView.as_view()),
    path("reports/workflows/", figures.WorkflowsView.as_view()),
    path("reports/sla/", figures.SlaView.as_view()),
    path("reports/heatmap/", figures.HeatmapView.as_view()),
    path("tasks/<str:task_id>/start/", acts.StartView.as_view()),
    path("tasks/<str:task_id>/complete/", acts.CompleteView.as_view()),
    path("tasks/<str:task_id>/approve/", acts.ApproveView.as_view()),
    path("tasks/<str:task_id>/reject/", acts.RejectView.as_view()),
    path("tasks/<str:task_id>/transition/", acts.TransitionView.as_view()),
    path("tasks/<str:task_id>/hold/", acts.HoldView.as_view()),
    path("tasks/<str:task_id>/resume/", acts.ResumeView.as_view()),
    path("tasks/<str:task_id>/reopen/", acts.ReopenView.as_view()),
    path("tasks/<str:task_id>/transfer/", acts.TransferView.as_view()),
    path("tasks/<str:task_id>/assign/", acts.AssignView.as_view()),
    path("tasks/<str:task_id>/escalate/", acts.EscalateView.as_view()),
    path("tasks/<str:task_id>/claim/", acts.ClaimView.as_view()),
    path("tasks/<str:task_id>/close/", acts.CloseView.as_view()),
]
